#include "idle_threads.hpp"
#include "input_watch.hpp"
#include "selector.hpp"
#include "signals.hpp"
#include "socket_network.hpp"
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
/// A busy loop without sockets checks for signals and input once in this number of turns.
constexpr int turns_between_looks = 64;

/// Real time; waits for a pipe, to which wake() and signal handlers write, for standard input and for sockets.
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
        const bool watches = selector_->has_watches();
        if (watches || !timeout || *timeout > 0) {
            // A socket can wake the loop at any time, so nothing else has to be checked.
            if (!timeout && !watches) timeout = longest_sleep;
            look(timeout);
        }
        deliver_signals(loop);
    }

    // Sockets have their turn in each turn of the loop, as in asyncio.
    int poll(EventLoop& loop) override {
        const bool watches = selector_->has_watches();
        if (watches || native::input_is_awaited()) look(0);
        deliver_signals(loop);
        return watches ? 1 : turns_between_looks;
    }

    void wake() override { pipe_.wake(); }

    bool has_pending_io() const override {
        return selector_->has_watches() || native::input_is_awaited() || native::other_threads_run();
    }

    detail::Network* network() noexcept override { return &network_; }
    void close() noexcept override { selector_->close(); }

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
    /// Waits at most `timeout` seconds.
    void look(std::optional<double> timeout) {
        const int input = native::input_is_awaited() ? STDIN_FILENO : -1;
        const native::Selector::Ready ready = selector_->wait(timeout, pipe_.read_end(), input);
        if (ready.wake) pipe_.empty();
        if (ready.input) native::input_came();
    }

    void deliver_signals(EventLoop& loop) {
        if (watches_.empty()) return;
        // Delivering may change the watches. run() and a handler can both watch one signal.
        std::set<int> came;
        for (native::SignalWatch* watch : watches_)
            if (watch->take()) came.insert(watch->signal);
        for (const int signal : came) loop.deliver_signal(signal);
    }

    native::WakePipe pipe_;
    std::shared_ptr<native::Selector> selector_ = std::make_shared<native::Selector>();
    native::SocketNetwork network_{selector_};
    std::vector<native::SignalWatch*> watches_;
};

} // namespace

std::unique_ptr<Backend> make_default_backend() { return std::make_unique<NativeBackend>(); }

} // namespace asyncio
