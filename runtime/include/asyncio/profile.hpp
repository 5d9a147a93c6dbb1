#pragma once

/// Where a program's time goes, after Python's cProfile and pstats: link asyncio::profile.

#include <asyncio/coro.hpp>
#include <asyncio/ensure_future.hpp>

#include <cstddef>
#include <format>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace asyncio {

/// The tasks of one coroutine function. Times are in seconds.
struct ProfileRow {
    /// "fetch_one", "Client::get", "a lambda"; "callbacks" for all that the loop ran and is no task.
    std::string function = {};
    std::string file = {};
    /// The number of tasks; pstats' ncalls.
    std::size_t calls = 0;
    /// How often the loop ran one of them.
    std::size_t steps = 0;
    /// In which they ran, and nothing else did; pstats' tottime.
    double own = 0;
    /// From the start of the first step of each to the end of its last; pstats' cumtime.
    double total = 0;
    /// The longest step: for so long nothing else could run.
    double longest = 0;
    /// The co_await from which the longest step went on, or the start of the coroutine: "main.cpp:12".
    std::string longest_after = {};

    /// For what they awaited, and for their turn.
    double waiting() const noexcept { return total - own; }
};

/// The result of profile(); printed, it is a table like pstats'.
struct Profile {
    /// Those that ran longest first.
    std::vector<ProfileRow> rows = {};
    /// Between the start and the end of the profiled coroutine.
    double seconds = 0;
};

namespace detail {

/// Measures what the running loop does during its lifetime.
class Profiler {
public:
    /// Raises ValueError if the loop has one already.
    Profiler();
    ~Profiler();
    Profiler(const Profiler&) = delete;
    Profiler& operator=(const Profiler&) = delete;

    Profile finish();

private:
    class Observer;
    std::unique_ptr<Observer> observer_;
};

std::string format_profile(const Profile& profile);

} // namespace detail

/// Runs `awaitable` as a task and returns how long the tasks of the loop ran and waited meanwhile:
/// `std::println("{}", co_await profile(f()))`. After cProfile.Profile.runcall(): takes what ensure_future()
/// takes, and drops the result. Suspends until `awaitable` is done, whose end wakes it; passes a cancel on to
/// it; raises its error. Raises ValueError if the loop is being profiled already.
///
/// It measures the steps of tasks, on the clock of the loop. It does not measure single coroutines, for which
/// every co_await of every program would have to look for a profiler: a coroutine that is awaited without a
/// task of its own is part of the task that awaits it, and the first step of a task that is started eagerly is
/// part of the task that starts it.
template <detail::Runnable A> Coro<Profile> profile(A awaitable) {
    detail::Profiler profiler;
    co_await ensure_future(std::move(awaitable));
    co_return profiler.finish();
}

} // namespace asyncio

template <> struct std::formatter<asyncio::Profile> : std::formatter<std::string_view> {
    template <class Context> auto format(const asyncio::Profile& profile, Context& context) const {
        return std::formatter<std::string_view>::format(asyncio::detail::format_profile(profile), context);
    }
};
