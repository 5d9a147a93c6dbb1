#include "signals.hpp"

#include <asyncio/error.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <mutex>
#include <string>
#include <unistd.h>

namespace asyncio::native {
namespace {

// Far more than the number of loops in a process.
constexpr std::size_t most_watches = 256;

// NOLINTBEGIN(*-avoid-non-const-global-variables): data that a signal handler may access, and its guard
std::array<SignalWatch, most_watches> watches;
std::array<struct sigaction, NSIG> before;
std::mutex changing;
// NOLINTEND(*-avoid-non-const-global-variables)
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

extern "C" void asyncio_on_signal(int signal) {
    const int error = errno;
    bool nobody_took_the_last = true;
    for (SignalWatch& watch : watches) {
        if (watch.signal != signal) continue;
        nobody_took_the_last &= watch.came.exchange(true);
        const char byte = 0;
        // A full pipe is sufficient: the loop will wake.
        [[maybe_unused]] const ssize_t written = write(watch.wake_fd, &byte, 1);
    }
    if (nobody_took_the_last && signal == SIGINT) {
        std::signal(signal, SIG_DFL);
        std::raise(signal);
    }
    errno = error;
}

void catch_signal(int signal, const struct sigaction& now) {
    struct sigaction ours = {};
    ours.sa_handler = asyncio_on_signal;
    ours.sa_flags = SA_RESTART;
    sigemptyset(&ours.sa_mask);
    if (sigaction(signal, &ours, nullptr) != 0)
        throw RuntimeError("signal " + std::to_string(signal) + " cannot be caught: " + strsignal(signal));
    before.at(static_cast<std::size_t>(signal)) = now;
}

bool is_watched(int signal) {
    return std::ranges::contains(watches, signal,
                                 [](const SignalWatch& watch) { return watch.signal.load(); });
}

} // namespace

SignalWatch* watch_signal(int signal, int wake_fd, bool unless_taken) {
    const std::scoped_lock lock(changing);
    const bool watched = is_watched(signal);
    struct sigaction now = {};
    const bool known = sigaction(signal, nullptr, &now) == 0;
    if (unless_taken && (watched || !known || now.sa_handler != SIG_DFL)) return nullptr;
    const auto place =
        std::ranges::find(watches, 0, [](const SignalWatch& watch) { return watch.signal.load(); });
    if (place == watches.end())
        throw RuntimeError("too many event loops handle signals: the limit is " +
                           std::to_string(most_watches));
    // Signals caught from here on find the watch.
    place->came = false;
    place->wake_fd = wake_fd;
    place->signal = signal;
    try {
        if (!watched) catch_signal(signal, now);
    } catch (...) {
        place->signal = 0;
        throw;
    }
    return &*place;
}

void release(SignalWatch& watch) noexcept {
    const std::scoped_lock lock(changing);
    const int signal = watch.signal.exchange(0);
    // NOLINTNEXTLINE(*-constant-array-index): checked when the signal was caught
    if (!is_watched(signal)) sigaction(signal, &before[static_cast<std::size_t>(signal)], nullptr);
}

} // namespace asyncio::native
