#include "support.hpp"

#include <asyncio/profile.hpp>

#include <memory>
#include <string>

namespace asyncio::test {
namespace {

/// A virtual clock on which work() takes time.
class WorkClock final : public VirtualClock {
public:
    double time() override { return VirtualClock::time() + worked_; }
    void work(double seconds) { worked_ += seconds; }

private:
    double worked_ = 0;
};

/// Holds the loop.
void work(double seconds) { dynamic_cast<WorkClock&>(get_running_loop().backend()).work(seconds); }

template <class T> T run_working(Coro<T> main, RunOptions options = {}) {
    options.loop_factory = [] { return std::make_unique<EventLoop>(std::make_unique<WorkClock>()); };
    return run(std::move(main), std::move(options));
}

Coro<> worker(double seconds) {
    work(seconds);
    co_await sleep(1);
    work(2 * seconds);
}

Coro<> two_workers() {
    work(0.125);
    co_await gather(worker(0.25), worker(0.5));
}

const ProfileRow& row_of(const Profile& profile, std::string_view function) {
    static const ProfileRow none = {};
    for (const ProfileRow& row : profile.rows)
        if (row.function.ends_with(function)) return row;
    ADD_FAILURE() << "no row of " << function << " in\n" << std::format("{}", profile);
    return none;
}

TEST(Profile, sums_the_tasks_of_each_coroutine_function) {
    const Profile profile = run_working(asyncio::profile(two_workers()));
    const ProfileRow& workers = row_of(profile, "::worker");
    EXPECT_EQ(workers.calls, 2u);
    EXPECT_EQ(workers.steps, 4u);
    EXPECT_EQ(workers.own, 2.25);
    EXPECT_EQ(workers.longest, 1.0);
    const ProfileRow& main = row_of(profile, "::two_workers");
    EXPECT_EQ(main.calls, 1u);
    EXPECT_EQ(main.steps, 2u);
    EXPECT_EQ(main.own, 0.125);
    EXPECT_EQ(main.longest, 0.125);
    EXPECT_EQ(main.total, profile.seconds);
    EXPECT_EQ(main.waiting(), main.total - 0.125);
}

TEST(Profile, counts_from_the_first_step_of_a_task_to_the_end_of_its_last) {
    const Profile profile = run_working(asyncio::profile(worker(0.25)));
    EXPECT_EQ(row_of(profile, "::worker").total, 1.75);
    EXPECT_EQ(row_of(profile, "::worker").waiting(), 1.0);
    EXPECT_EQ(profile.seconds, 1.75);
}

TEST(Profile, has_the_place_before_the_longest_step) {
    const auto slow = []() -> Coro<> {
        work(1);
        co_await sleep(1);
        work(3);
        co_await sleep(1);
        work(2);
    };
    const std::string place = here(5);
    const Profile profile = run_working(asyncio::profile(slow()));
    EXPECT_EQ(row_of(profile, "a lambda").longest, 3);
    EXPECT_EQ(row_of(profile, "a lambda").longest_after, place);
}

TEST(Profile, begins_with_what_ran_longest) {
    const Profile profile = run_working(asyncio::profile(two_workers()));
    ASSERT_GE(profile.rows.size(), 2u);
    EXPECT_TRUE(profile.rows[0].function.ends_with("worker"));
    EXPECT_TRUE(profile.rows[1].function.ends_with("two_workers"));
}

TEST(Profile, has_a_row_of_callbacks) {
    const auto calls_back = []() -> Coro<> {
        get_running_loop().call_soon([] { work(0.5); });
        get_running_loop().call_soon([] { work(0.25); });
        co_await turns(2);
    };
    const Profile profile = run_working(asyncio::profile(calls_back()));
    EXPECT_EQ(row_of(profile, "callbacks").calls, 2u);
    EXPECT_EQ(row_of(profile, "callbacks").own, 0.75);
    EXPECT_EQ(row_of(profile, "callbacks").total, 0.75);
    EXPECT_EQ(row_of(profile, "callbacks").longest, 0.5);
}

TEST(Profile, includes_tasks_that_were_there_and_those_that_are_left) {
    const auto main = []() -> Coro<Profile> {
        const Task<> before = create_task(worker(0.5));
        const Task<> steady = create_task([]() -> Coro<> {
            for (;;) {
                co_await sleep(0.5);
                work(0.125);
            }
        });
        co_return co_await asyncio::profile(before);
    };
    const Profile profile = run_working(main());
    EXPECT_EQ(row_of(profile, "::worker").own, 1.5);
    EXPECT_GE(row_of(profile, "a lambda").steps, 2u);
    EXPECT_GE(row_of(profile, "a lambda").own, 0.125);
}

TEST(Profile, names_the_function_of_a_task_that_keeps_a_callable_alive) {
    const auto main = []() -> Coro<> { co_await create_task(worker, 0.5); };
    const Profile profile = run_working(asyncio::profile(main()));
    EXPECT_EQ(row_of(profile, "::worker").own, 1.5);
}

TEST(Profile, raises_the_error_of_the_coroutine_and_ends) {
    const auto main = []() -> Coro<> {
        const auto failing = []() -> Coro<> {
            co_await sleep(1);
            throw ValueError("wrong");
        };
        EXPECT_EQ(co_await raised_by(asyncio::profile(failing())), "ValueError: wrong");
        const Profile again = co_await asyncio::profile(worker(0.25));
        EXPECT_EQ(again.seconds, 1.75);
    };
    run_working(main());
}

TEST(Profile, that_is_cancelled_cancels_the_coroutine) {
    const auto main = []() -> Coro<> {
        bool cancelled = false;
        const auto endless = [&]() -> Coro<> {
            try {
                co_await sleep(60);
            } catch (const CancelledError&) {
                cancelled = true;
                throw;
            }
        };
        CO_EXPECT_RAISES(co_await wait_for(asyncio::profile(endless()), 1), TimeoutError);
        EXPECT_TRUE(cancelled);
        const Profile again = co_await asyncio::profile(worker(0.25));
        EXPECT_EQ(again.seconds, 1.75);
    };
    run_working(main());
}

TEST(Profile, cannot_be_made_twice_at_a_time) {
    const auto main = []() -> Coro<std::string> {
        co_return co_await raised_by(asyncio::profile(worker(1)));
    };
    const auto outer = [&]() -> Coro<> {
        const Reports reports; // the coroutine was never awaited
        EXPECT_EQ(co_await main(), "ValueError: Another profiling tool is already active");
    };
    run_working(asyncio::profile(outer()));
}

TEST(Profile, goes_with_debug_mode) {
    const auto main = []() -> Coro<Profile> {
        const Reports reports;
        const Profile profile = co_await asyncio::profile(worker(0.25));
        EXPECT_EQ(reports.all().size(), 2u);
        co_return profile;
    };
    EXPECT_EQ(row_of(run_working(main(), {.debug = true}), "::worker").own, 0.75);
}

TEST(Profile, prints_a_table) {
    const Profile profile{.rows = {{.function = "worker",
                                    .file = "main.cpp",
                                    .calls = 2,
                                    .steps = 4,
                                    .own = 2.25,
                                    .total = 4.5,
                                    .longest = 1,
                                    .longest_after = "main.cpp:12"},
                                   {.function = "callbacks", .calls = 1, .steps = 1}},
                          .seconds = 3.375};
    EXPECT_EQ(std::format("{}", profile),
              "         5 steps held the loop for 2.250 of 3.375 seconds\n"
              "\n"
              "   Ordered by: internal time\n"
              "\n"
              "   ncalls    steps  tottime  cumtime  waiting  longest  coroutine (before the longest step)\n"
              "        2        4    2.250    4.500    2.250    1.000  worker (main.cpp:12)\n"
              "        1        1    0.000    0.000    0.000    0.000  callbacks\n");
}

} // namespace
} // namespace asyncio::test
