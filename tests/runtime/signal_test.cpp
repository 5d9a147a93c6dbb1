#include "support.hpp"

#include <csignal>
#ifndef __EMSCRIPTEN__
#include <latch>
#include <thread>
#endif

namespace asyncio::test {
namespace {

CO_TEST(Signal, a_handler_of_SIGINT_is_called_and_the_program_goes_on) {
    Event stop;
    int calls = 0;
    EventLoop& loop = get_running_loop();
    loop.add_signal_handler(
        SIGINT,
        [&](int by) {
            calls += by;
            stop.set();
        },
        2);
    loop.call_later(1, [] { EXPECT_TRUE(interrupt_running_loop()); });
    co_await stop.wait();
    EXPECT_EQ(calls, 2);
    interrupt_running_loop();
    co_await turns(1);
    EXPECT_EQ(calls, 4);
}

CO_TEST(Signal, removing_the_handler_tells_whether_there_was_one) {
    EventLoop& loop = get_running_loop();
    EXPECT_FALSE(loop.remove_signal_handler(SIGINT));
    loop.add_signal_handler(SIGINT, [] {});
    EXPECT_TRUE(loop.remove_signal_handler(SIGINT));
    EXPECT_FALSE(loop.remove_signal_handler(SIGINT));
    co_return;
}

TEST(Signal, without_its_handler_SIGINT_cancels_the_main_task_again) {
    const auto main = []() -> Coro<> {
        EventLoop& loop = get_running_loop();
        loop.add_signal_handler(SIGINT, [] {});
        loop.remove_signal_handler(SIGINT);
        loop.call_later(1, [] { interrupt_running_loop(); });
        co_await sleep(100);
    };
    EXPECT_THROW(run_virtual(main()), KeyboardInterrupt);
}

CO_TEST(Signal, a_later_handler_takes_the_place_of_an_earlier_one) {
    Log log;
    EventLoop& loop = get_running_loop();
    loop.add_signal_handler(SIGINT, [&] { log.push_back("first"); });
    loop.add_signal_handler(SIGINT, [&] { log.push_back("second"); });
    interrupt_running_loop();
    co_await turns(1);
    EXPECT_EQ(log, Log{"second"});
}

CO_TEST(Signal, a_number_that_is_no_signal_is_refused) {
    EventLoop& loop = get_running_loop();
    EXPECT_THROW(loop.add_signal_handler(0, [] {}), ValueError);
    EXPECT_THROW(loop.add_signal_handler(1000, [] {}), ValueError);
    co_return;
}

TEST(Signal, closing_the_loop_lets_go_of_its_handlers) {
    run_virtual([]() -> Coro<> {
        get_running_loop().add_signal_handler(SIGINT, [counted = Counted()] {});
        co_return;
    }());
    EXPECT_EQ(Counted::alive, 0);
}

#ifndef __EMSCRIPTEN__

TEST(Signal, SIGTERM_of_the_process_wakes_a_loop_that_waits_for_nothing_else) {
    const auto main = []() -> Coro<> {
        Event stop;
        EventLoop& loop = get_running_loop();
        loop.add_signal_handler(SIGTERM, [&] { stop.set(); });
        co_await to_thread([] { std::raise(SIGTERM); });
        co_await stop.wait();
    };
    run(main());
}

TEST(Signal, SIGINT_of_the_process_cancels_the_main_task) {
    Log log;
    const auto main = [&]() -> Coro<> {
        std::raise(SIGINT);
        try {
            co_await sleep(1000);
        } catch (const CancelledError&) {
            log.push_back("cleaned up");
            throw;
        }
    };
    EXPECT_THROW(run(main()), KeyboardInterrupt);
    EXPECT_EQ(log, Log{"cleaned up"});
}

TEST(Signal, a_busy_loop_hears_of_it) {
    const auto main = []() -> Coro<> {
        bool stop = false;
        get_running_loop().add_signal_handler(SIGINT, [&] { stop = true; });
        std::raise(SIGINT);
        while (!stop) co_await sleep(0);
    };
    run(main());
}

TEST(Signal, one_that_cannot_be_caught_is_refused) {
    const auto main = []() -> Coro<> {
        EXPECT_THROW(get_running_loop().add_signal_handler(SIGKILL, [] {}), RuntimeError);
        co_return;
    };
    run(main());
}

/// Two loops, each on its own thread, hear of these signals of the process.
void two_loops_hear(int first_signal, int second_signal) {
    std::latch ready(2);
    const auto hears = [&](int signal) {
        return std::thread([&ready, signal] {
            run([&]() -> Coro<> {
                Event came;
                get_running_loop().add_signal_handler(signal, [&] { came.set(); });
                ready.count_down();
                co_await came.wait();
            }());
        });
    };
    std::thread first = hears(first_signal);
    std::thread second = hears(second_signal);
    ready.wait();
    std::raise(first_signal);
    if (second_signal != first_signal) std::raise(second_signal);
    first.join();
    second.join();
}

TEST(Signal, two_loops_hear_each_of_its_own) {
    for (int round = 0; round < 50; ++round) two_loops_hear(SIGTERM, SIGUSR1);
}

TEST(Signal, two_loops_hear_of_the_same) { two_loops_hear(SIGTERM, SIGTERM); }

TEST(Signal, a_signal_does_what_it_did_before_once_the_loop_is_gone) {
    run([]() -> Coro<> {
        get_running_loop().add_signal_handler(SIGTERM, [] {});
        co_return;
    }());
    struct sigaction now = {};
    for (const int signal : {SIGINT, SIGTERM}) {
        sigaction(signal, nullptr, &now);
        EXPECT_EQ(now.sa_handler, SIG_DFL);
    }
}

#endif

} // namespace
} // namespace asyncio::test
