#pragma once

#include <asyncio/backend.hpp>

namespace asyncio {

/// A backend without I/O whose time advances only by waiting: a sleep takes no real time, and two runs of a
/// program see the same times. Work on an executor's thread takes no time on this clock: a concurrent timeout
/// passes at once.
class VirtualClock : public Backend {
public:
    double time() override { return now_; }
    void wait(EventLoop& loop, std::optional<double> timeout) override;
    void wake() override {}
    bool has_pending_io() const override { return false; }

private:
    double now_ = 0;
};

} // namespace asyncio
