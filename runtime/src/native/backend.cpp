#include <asyncio/backend.hpp>

#include <chrono>
#include <condition_variable>
#include <limits>
#include <memory>
#include <mutex>

namespace asyncio {
namespace {

using Clock = std::chrono::steady_clock;

/// Real time, without I/O of its own: waits on a condition variable that wake() signals.
class NativeBackend final : public Backend {
public:
    double time() override { return std::chrono::duration<double>(Clock::now().time_since_epoch()).count(); }

    void wait(EventLoop&, std::optional<double> timeout) override {
        if (timeout && *timeout <= 0) return;
        std::unique_lock lock(mutex_);
        const auto woken = [this] { return woken_; };
        if (timeout)
            signal_.wait_for(lock, std::chrono::duration<double>(*timeout), woken);
        else
            signal_.wait(lock, woken);
        woken_ = false;
    }

    // Nothing completes here but what wake() announces, and that is seen when the loop waits.
    int poll(EventLoop&) override { return std::numeric_limits<int>::max(); }

    void wake() override {
        {
            const std::scoped_lock lock(mutex_);
            woken_ = true;
        }
        signal_.notify_one();
    }

    bool has_pending_io() const override { return false; }

private:
    std::mutex mutex_;
    std::condition_variable signal_;
    bool woken_ = false;
};

} // namespace

std::unique_ptr<Backend> make_default_backend() { return std::make_unique<NativeBackend>(); }

} // namespace asyncio
