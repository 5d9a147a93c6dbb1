#pragma once

#include <asyncio/backend.hpp>

namespace asyncio {

/// A backend without I/O whose time only moves by waiting: a sleep takes no real time, and two runs
/// of a program see the same times. What a thread of an executor does takes no time on it: a timeout
/// beside it passes at once.
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
