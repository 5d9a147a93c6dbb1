#include "signals.hpp"

#include <asyncio/error.hpp>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <mutex>
#include <string>
#include <unistd.h>

namespace asyncio::native {
namespace {

struct Caught {
    std::atomic<bool> came = false;
    std::atomic<int> wake_fd = -1;
    int times = 0;
    struct sigaction before = {};
};

// NOLINTBEGIN(*-avoid-non-const-global-variables): what a signal's handler may reach, and its guard
std::array<Caught, NSIG> all_caught;
std::atomic<bool> any_came = false;
std::mutex changing;
// NOLINTEND(*-avoid-non-const-global-variables)
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

extern "C" void asyncio_on_signal(int signal) {
    const int error = errno;
    Caught& caught = all_caught[static_cast<std::size_t>(signal)]; // NOLINT(*-constant-array-index)
    if (caught.came.exchange(true) && signal == SIGINT) {
        std::signal(signal, SIG_DFL);
        std::raise(signal);
    }
    any_came = true;
    const char byte = 0;
    // Full is as good: the loop will wake.
    [[maybe_unused]] const ssize_t written = write(caught.wake_fd, &byte, 1);
    errno = error;
}

} // namespace

bool catch_signal(int signal, int wake_fd, bool unless_taken) {
    const std::scoped_lock lock(changing);
    Caught& caught = all_caught.at(static_cast<std::size_t>(signal));
    if (caught.times == 0) {
        struct sigaction now = {};
        const bool known = sigaction(signal, nullptr, &now) == 0;
        if (unless_taken && (!known || now.sa_handler != SIG_DFL)) return false;
        struct sigaction ours = {};
        ours.sa_handler = asyncio_on_signal;
        ours.sa_flags = SA_RESTART;
        sigemptyset(&ours.sa_mask);
        caught.came = false;
        caught.wake_fd = wake_fd;
        if (!known || sigaction(signal, &ours, &caught.before) != 0)
            throw RuntimeError("signal " + std::to_string(signal) +
                               " cannot be caught: " + strsignal(signal));
    } else if (unless_taken) {
        return false;
    }
    caught.wake_fd = wake_fd;
    ++caught.times;
    return true;
}

void release_signal(int signal) noexcept {
    const std::scoped_lock lock(changing);
    Caught& caught = all_caught[static_cast<std::size_t>(signal)]; // NOLINT(*-constant-array-index)
    if (--caught.times == 0) sigaction(signal, &caught.before, nullptr);
}

bool take_signal(int signal) noexcept {
    return all_caught[static_cast<std::size_t>(signal)].came.exchange(
        false); // NOLINT(*-constant-array-index)
}

bool any_signal() noexcept { return any_came.load(std::memory_order_relaxed); }
void no_signal_seen() noexcept { any_came = false; }

} // namespace asyncio::native
