#pragma once

#include <asyncio/backend.hpp>

#include <condition_variable>
#include <mutex>
#include <optional>

namespace asyncio::browser {

/// For a loop of any thread but the first. It blocks its thread, so that thread's JavaScript does not run:
/// timers and other threads can wake it, I/O cannot.
class ThreadBackend final : public Backend {
public:
    double time() override;
    void wait(EventLoop& loop, std::optional<double> timeout) override;
    int poll(EventLoop& loop) override;
    void wake() override;
    bool has_pending_io() const override { return true; }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool woken_ = false;
};

} // namespace asyncio::browser
