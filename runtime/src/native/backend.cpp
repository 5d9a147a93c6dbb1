#include "idle_threads.hpp"
#include "input_watch.hpp"
#include "signals.hpp"
#include "wake_pipe.hpp"

#include <asyncio/backend.hpp>
#include <asyncio/event_loop.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <set>
#include <unistd.h>
#include <vector>

namespace asyncio {
namespace {

using Clock = std::chrono::steady_clock;

/// If nothing bounds a wait, the loop checks at this interval, in seconds, whether anything can still wake
/// it: the thread that could may have ended.
constexpr double longest_sleep = 0.1;
/// A busy loop checks for signals and input once in this number of turns.
constexpr int turns_between_looks = 64;

/// Real time; waits for a pipe, to which wake() and signal handlers write, and for standard input.
class NativeBackend final : public Backend {
public:
    NativeBackend() = default;
    NativeBackend(const NativeBackend&) = delete;
    NativeBackend& operator=(const NativeBackend&) = delete;
    ~NativeBackend() override {
        for (native::SignalWatch* watch : watches_) native::release(*watch);
    }

    double time() override { return std::chrono::duration<double>(Clock::now().time_since_epoch()).count(); }

    void wait(EventLoop& loop, std::optional<double> timeout) override {
        if (!timeout || *timeout > 0) {
            const int input = native::input_is_awaited() ? STDIN_FILENO : -1;
            if (pipe_.wait(timeout.value_or(longest_sleep), input)) native::input_came();
        }
        deliver_signals(loop);
    }

    // The loop checks for wake() when it waits.
    int poll(EventLoop& loop) override {
        deliver_signals(loop);
        if (native::input_is_awaited() && native::input_is_readable()) native::input_came();
        return turns_between_looks;
    }

    void wake() override { pipe_.wake(); }

    bool has_pending_io() const override { return native::input_is_awaited() || native::other_threads_run(); }

    bool catch_signal(int signal, bool unless_taken) override {
        native::SignalWatch* watch = native::watch_signal(signal, pipe_.write_end(), unless_taken);
        if (watch == nullptr) return false;
        watches_.push_back(watch);
        return true;
    }

    void release_signal(int signal) noexcept override {
        const auto found = std::ranges::find_if(
            watches_, [signal](const native::SignalWatch* watch) { return watch->signal == signal; });
        if (found == watches_.end()) return;
        native::release(**found);
        watches_.erase(found);
    }

private:
    void deliver_signals(EventLoop& loop) {
        if (watches_.empty()) return;
        // Delivering may change the watches. run() and a handler can both watch one signal.
        std::set<int> came;
        for (native::SignalWatch* watch : watches_)
            if (watch->take()) came.insert(watch->signal);
        for (const int signal : came) loop.deliver_signal(signal);
    }

    native::WakePipe pipe_;
    std::vector<native::SignalWatch*> watches_;
};

} // namespace

std::unique_ptr<Backend> make_default_backend() { return std::make_unique<NativeBackend>(); }

} // namespace asyncio
