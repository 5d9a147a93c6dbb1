#include "support.hpp"

#ifdef __EMSCRIPTEN__

namespace asyncio::test {
namespace {

CO_TEST(ReadLine, outside_a_page_says_that_there_is_no_input) {
    CO_EXPECT_RAISES(co_await read_line(), RuntimeError);
}

} // namespace
} // namespace asyncio::test

#else

#include <algorithm>
#include <array>
#include <cerrno>
#include <iostream>
#include <stdio_ext.h>
#include <string_view>
#include <sys/ioctl.h>
#include <system_error>
#include <unistd.h>

namespace asyncio::test {
namespace {

/// Replaces standard input during its lifetime with a pipe to which the test writes.
class InputPipe {
public:
    InputPipe() {
        std::array<int, 2> ends = {};
        if (pipe(ends.data()) != 0) throw std::system_error(errno, std::generic_category());
        dup2(ends[0], STDIN_FILENO);
        close(ends[0]);
        write_end_ = ends[1];
    }
    InputPipe(const InputPipe&) = delete;
    InputPipe& operator=(const InputPipe&) = delete;
    ~InputPipe() {
        end();
        dup2(before_, STDIN_FILENO);
        close(before_);
        __fpurge(stdin);
        std::clearerr(stdin);
        std::cin.clear();
    }

    void write(std::string_view text) const {
        while (!text.empty()) {
            const ssize_t written = ::write(write_end_, text.data(), text.size());
            if (written <= 0) throw std::system_error(errno, std::generic_category());
            text.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    void end() {
        if (write_end_ >= 0) close(write_end_);
        write_end_ = -1;
    }
    /// Lets the loop run until everything written has been read.
    static Coro<> is_read() {
        for (int left = 1; left > 0;) {
            co_await sleep(0);
            ioctl(STDIN_FILENO, FIONREAD, &left);
        }
    }

private:
    int before_ = dup(STDIN_FILENO);
    int write_end_ = -1;
};

constexpr std::size_t megabyte = 1 << 20;

std::string cin_line() {
    std::string line;
    std::getline(std::cin, line);
    return line;
}

Coro<std::string> line_or_end() {
    try {
        co_return co_await read_line();
    } catch (const EOFError&) {
        co_return "(end)";
    }
}

TEST(ReadLine, gives_lines_without_their_ends) {
    InputPipe input;
    input.write("first\nwith CR\r\n\ngrüße, 世界\n");
    run([]() -> Coro<> {
        EXPECT_EQ(co_await read_line(), "first");
        EXPECT_EQ(co_await read_line(), "with CR");
        EXPECT_EQ(co_await read_line(), "");
        EXPECT_EQ(co_await read_line(), "grüße, 世界");
    }());
}

TEST(ReadLine, prints_its_prompt_before_it_waits) {
    InputPipe input;
    testing::internal::CaptureStdout();
    run([](InputPipe& input) -> Coro<> {
        auto reading = create_task(read_line("name? "));
        co_await turns(1);
        EXPECT_EQ(testing::internal::GetCapturedStdout(), "name? ");
        input.write("Ada\n");
        EXPECT_EQ(co_await reading, "Ada");
    }(input));
}

TEST(ReadLine, gives_the_last_line_without_an_end_then_raises_EOFError_each_time) {
    InputPipe input;
    input.write("one\nlast");
    input.end();
    run([]() -> Coro<> {
        EXPECT_EQ(co_await read_line(), "one");
        EXPECT_EQ(co_await read_line(), "last");
        CO_EXPECT_RAISES(co_await read_line(), EOFError);
        CO_EXPECT_RAISES(co_await read_line(), EOFError);
    }());
}

TEST(ReadLine, lets_other_tasks_run_and_is_no_deadlock) {
    InputPipe input;
    run([](InputPipe& input) -> Coro<> {
        int turns = 0;
        const auto answer = [&]() -> Coro<> {
            for (; turns < 1000; ++turns) co_await sleep(0);
            input.write("late\n");
        };
        auto answering = create_task(answer());
        EXPECT_EQ(co_await read_line(), "late");
        EXPECT_EQ(turns, 1000);
    }(input));
}

TEST(ReadLine, is_heard_in_a_busy_loop) {
    InputPipe input;
    run([](InputPipe& input) -> Coro<> {
        auto reading = create_task(read_line());
        co_await turns(2);
        input.write("busy\n");
        while (!reading.done()) co_await sleep(0);
        EXPECT_EQ(reading.result(), "busy");
    }(input));
}

TEST(ReadLine, waits_without_end_for_a_thread_s_line) {
    InputPipe input;
    run([](InputPipe& input) -> Coro<> {
        auto writing = create_task(to_thread([&] { input.write("from a thread\n"); }));
        EXPECT_EQ(co_await read_line(), "from a thread");
        co_await writing;
    }(input));
}

TEST(ReadLine, that_is_cancelled_loses_no_line) {
    InputPipe input;
    run([](InputPipe& input) -> Coro<> {
        CO_EXPECT_RAISES(co_await wait_for(read_line(), 0.001), TimeoutError);
        input.write("kept\n");
        EXPECT_EQ(co_await read_line(), "kept");
    }(input));
}

TEST(ReadLine, that_is_cancelled_in_mid_line_loses_nothing_of_it) {
    InputPipe input;
    run([](InputPipe& input) -> Coro<> {
        auto reading = create_task(read_line());
        co_await turns(2);
        input.write("half");
        co_await InputPipe::is_read();
        reading.cancel();
        CO_EXPECT_RAISES(co_await reading, CancelledError);
        input.write(" and half\nnext\n");
        EXPECT_EQ(cin_line(), "half and half");
        EXPECT_EQ(co_await read_line(), "next");
    }(input));
}

TEST(ReadLine, that_is_cancelled_as_its_line_comes_leaves_it_to_the_next) {
    InputPipe input;
    run([](InputPipe& input) -> Coro<> {
        auto reading = create_task(read_line());
        co_await turns(2);
        input.write("for another\n");
        reading.cancel();
        CO_EXPECT_RAISES(co_await reading, CancelledError);
        EXPECT_EQ(co_await read_line(), "for another");
    }(input));
}

TEST(ReadLine, shares_one_buffer_with_stdio_and_cin) {
    InputPipe input;
    input.write("12 rest\nline\n34\nread_line\nscanf 56\nlast\n");
    run([]() -> Coro<> {
        int number = 0;
        std::cin >> number;
        EXPECT_EQ(number, 12);
        EXPECT_EQ(co_await read_line(), " rest");
        EXPECT_EQ(cin_line(), "line");
        EXPECT_EQ(std::scanf("%d", &number), 1); // NOLINT(cert-err34-c,bugprone-unchecked-*): what is tested
        EXPECT_EQ(number, 34);
        EXPECT_EQ(co_await read_line(), "");
        EXPECT_EQ(co_await read_line(), "read_line");
        EXPECT_EQ(std::scanf("scanf %d\n", &number), 1); // NOLINT(cert-err34-c,bugprone-unchecked-*)
        EXPECT_EQ(number, 56);
        EXPECT_EQ(co_await read_line(), "last");
    }());
}

TEST(ReadLine, serves_tasks_in_the_order_of_asking) {
    InputPipe input;
    run([](InputPipe& input) -> Coro<> {
        auto a = create_task(line_or_end());
        auto b = create_task(line_or_end());
        auto c = create_task(line_or_end());
        co_await turns(2);
        b.cancel();
        input.write("first\nsecond\n");
        EXPECT_EQ(co_await a, "first");
        EXPECT_EQ(co_await c, "second");
        EXPECT_TRUE(b.cancelled());
    }(input));
}

TEST(ReadLine, takes_a_line_of_a_megabyte) {
    InputPipe input;
    run([](InputPipe& input) -> Coro<> {
        const std::string large(megabyte, 'x');
        auto writing = create_task(to_thread([&] { input.write(large + "\nnext\n"); }));
        const std::string line = co_await read_line();
        EXPECT_EQ(line.size(), large.size());
        EXPECT_TRUE(std::ranges::all_of(line, [](char letter) { return letter == 'x'; }));
        EXPECT_EQ(co_await read_line(), "next");
        co_await writing;
    }(input));
}

TEST(ReadLine, puts_back_a_megabyte_that_has_no_end_yet) {
    InputPipe input;
    run([](InputPipe& input) -> Coro<> {
        const std::string large(megabyte, 'x');
        auto reading = create_task(read_line());
        co_await to_thread([&] { input.write(large); });
        co_await InputPipe::is_read();
        reading.cancel();
        CO_EXPECT_RAISES(co_await reading, CancelledError);
        input.write("\n");
        EXPECT_EQ((co_await read_line()).size(), large.size());
    }(input));
}

TEST(ReadLine, read_lines_ends_with_the_input) {
    InputPipe input;
    input.write("a\nb\nc");
    input.end();
    run([]() -> Coro<> {
        Log log;
        auto lines = read_lines();
        while (auto line = co_await lines.next()) log.push_back(*line);
        EXPECT_EQ(log, (Log{"a", "b", "c"}));
    }());
}

TEST(ReadLine, that_cannot_read_says_why) {
    const InputPipe input;
    run([]() -> Coro<> {
        // Not before: the loop would reuse the descriptor for its own pipe.
        close(STDIN_FILENO);
        CO_EXPECT_RAISES(co_await read_line(), OSError);
    }());
}

} // namespace
} // namespace asyncio::test

#endif
