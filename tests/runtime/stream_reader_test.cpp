#include "support.hpp"

namespace asyncio::test {
namespace {

CO_TEST(StreamReader, gives_what_has_come_and_then_the_end) {
    StreamReader reader = make_stream_reader();
    reader.feed_data("one");
    reader.feed_data("two");
    EXPECT_EQ(co_await reader.read(4), "onet");
    EXPECT_EQ(co_await reader.read(10), "wo");
    reader.feed_eof();
    EXPECT_TRUE(reader.at_eof());
    EXPECT_EQ(co_await reader.read(10), "");
    EXPECT_EQ(co_await reader.read(), "");
}

CO_TEST(StreamReader, waits_for_data) {
    StreamReader reader = make_stream_reader();
    auto reading = create_task(reader.read(10));
    co_await turns(2);
    EXPECT_FALSE(reading.done());
    reader.feed_data("late");
    EXPECT_EQ(co_await reading, "late");
}

CO_TEST(StreamReader, reads_to_the_end) {
    StreamReader reader = make_stream_reader();
    auto reading = create_task(reader.read());
    for (const char* piece : {"a", "b", "c"}) {
        co_await sleep(0);
        reader.feed_data(piece);
    }
    reader.feed_eof();
    EXPECT_EQ(co_await reading, "abc");
}

CO_TEST(StreamReader, reads_an_exact_length) {
    StreamReader reader = make_stream_reader();
    reader.feed_data("abc");
    auto reading = create_task(reader.readexactly(5));
    co_await sleep(0);
    reader.feed_data("def");
    EXPECT_EQ(co_await reading, "abcde");
    reader.feed_eof();
    try {
        co_await reader.readexactly(2);
        ADD_FAILURE() << "no error";
    } catch (const IncompleteReadError& error) {
        EXPECT_EQ(error.partial(), "f");
        EXPECT_EQ(error.expected(), 2u);
    }
}

CO_TEST(StreamReader, reads_lines_whose_pieces_come_apart) {
    StreamReader reader = make_stream_reader();
    auto reading = create_task(reader.readline());
    co_await sleep(0);
    reader.feed_data("fir");
    co_await sleep(0);
    reader.feed_data("st\nsecond\nlast");
    EXPECT_EQ(co_await reading, "first\n");
    reader.feed_eof();
    Log rest;
    while (auto line = co_await reader.next()) rest.push_back(*line);
    EXPECT_EQ(rest, (Log{"second\n", "last"}));
}

CO_TEST(StreamReader, finds_a_separator_that_comes_in_two_pieces) {
    StreamReader reader = make_stream_reader();
    reader.feed_data("head\r");
    auto reading = create_task(reader.readuntil("\r\n"));
    co_await sleep(0);
    reader.feed_data("\nbody");
    EXPECT_EQ(co_await reading, "head\r\n");
    EXPECT_EQ(co_await reader.read(9), "body");
}

CO_TEST(StreamReader, a_separator_past_the_limit_is_an_error_that_loses_nothing) {
    StreamReader reader = make_stream_reader(4);
    reader.feed_data("abcdefgh\n");
    try {
        co_await reader.readuntil();
        ADD_FAILURE() << "no error";
    } catch (const LimitOverrunError& error) {
        EXPECT_EQ(error.consumed(), 8u);
    }
    EXPECT_EQ(co_await reader.readexactly(9), "abcdefgh\n");
}

CO_TEST(StreamReader, a_line_past_the_limit_is_dropped_and_the_next_one_read) {
    StreamReader reader = make_stream_reader(4);
    reader.feed_data("abcdefgh\nok\n");
    CO_EXPECT_RAISES(co_await reader.readline(), ValueError);
    EXPECT_EQ(co_await reader.readline(), "ok\n");
}

CO_TEST(StreamReader, has_one_reader_at_a_time) {
    StreamReader reader = make_stream_reader();
    auto first = create_task(reader.read(1));
    co_await sleep(0);
    CO_EXPECT_RAISES(co_await reader.read(1), RuntimeError);
    reader.feed_data("x");
    EXPECT_EQ(co_await first, "x");
}

CO_TEST(StreamReader, loses_nothing_when_a_read_is_cancelled) {
    StreamReader reader = make_stream_reader();
    auto cancelled = create_task(reader.readexactly(4));
    co_await sleep(0);
    reader.feed_data("ab");
    cancelled.cancel();
    CO_EXPECT_RAISES(co_await cancelled, CancelledError);
    reader.feed_data("cd");
    EXPECT_EQ(co_await reader.readexactly(4), "abcd");
}

CO_TEST(StreamReader, raises_what_the_connection_broke_with) {
    StreamReader reader = make_stream_reader();
    auto reading = create_task(reader.read(1));
    co_await sleep(0);
    reader.set_exception(std::make_exception_ptr(ConnectionResetError("gone")));
    CO_EXPECT_RAISES(co_await reading, ConnectionResetError);
    CO_EXPECT_RAISES(co_await reader.read(1), ConnectionResetError);
    EXPECT_TRUE(reader.exception());
}

CO_TEST(StreamReader, refuses_an_empty_separator_and_a_limit_of_nothing) {
    StreamReader reader = make_stream_reader();
    CO_EXPECT_RAISES(co_await reader.readuntil(""), ValueError);
    CO_EXPECT_RAISES(make_stream_reader(0), ValueError);
}

CO_TEST(StreamReader, reads_until_the_first_of_several_separators) {
    const StreamReader reader = make_stream_reader();
    reader.feed_data("one;two\r\nthree\nfour");
    reader.feed_eof();
    EXPECT_EQ(co_await StreamReader(reader).readuntil({";", "\n"}), "one;");
    // Of two separators that end at the same place the shorter counts; here the result is the same.
    EXPECT_EQ(co_await StreamReader(reader).readuntil({"\r\n", "\n"}), "two\r\n");
    EXPECT_EQ(co_await StreamReader(reader).readuntil(std::vector<std::string>{"x", "\n"}), "three\n");
    CO_EXPECT_RAISES(co_await StreamReader(reader).readuntil({";", "\n"}), IncompleteReadError);
}

CO_TEST(StreamReader, finds_a_long_separator_that_comes_in_pieces_beside_a_short_one) {
    StreamReader reader = make_stream_reader();
    auto reading = create_task(reader.readuntil({"END", ";"}));
    for (const char* piece : {"abE", "N", "D;"}) {
        co_await turns(1);
        reader.feed_data(piece);
    }
    EXPECT_EQ(co_await reading, "abEND");
}

CO_TEST(StreamReader, refuses_separators_that_are_none) {
    StreamReader reader = make_stream_reader();
    CO_EXPECT_RAISES(co_await reader.readuntil(std::vector<std::string>{}), ValueError);
    CO_EXPECT_RAISES(co_await reader.readuntil({";", ""}), ValueError);
    CO_EXPECT_RAISES(co_await reader.readuntil(""), ValueError);
}

CO_TEST(StreamReader, a_negative_size_is_all_or_refused_as_in_python) {
    StreamReader reader = make_stream_reader();
    reader.feed_data("all of it");
    reader.feed_eof();
    CO_EXPECT_RAISES(co_await reader.readexactly(-1), ValueError);
    EXPECT_EQ(co_await reader.read(-1), "all of it");
    CO_EXPECT_RAISES(make_stream_reader(0), ValueError);
    CO_EXPECT_RAISES(make_stream_reader(-1), ValueError);
    CO_EXPECT_RAISES(co_await start_server([](StreamReader, StreamWriter) -> Coro<> { co_return; },
                                           "127.0.0.1", 0, {.limit = -1}),
                     ValueError);
}

CO_TEST(StreamReader, gives_much_data_in_small_pieces_as_it_came) {
    StreamReader reader = make_stream_reader();
    std::string all;
    for (int i = 0; i < 2000; ++i) all += std::to_string(i) + ",";
    std::string got;
    std::size_t fed = 0;
    while (got.size() < all.size()) {
        const std::size_t step = std::min<std::size_t>(37, all.size() - fed);
        reader.feed_data(std::string_view(all).substr(fed, step));
        fed += step;
        if (fed == all.size()) reader.feed_eof();
        got += co_await reader.read(29);
    }
    EXPECT_EQ(got, all);
}

} // namespace
} // namespace asyncio::test
