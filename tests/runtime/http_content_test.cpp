#include "fake_transport.hpp"

namespace asyncio::test {
namespace {

using http::ClientResponse;
using http::ClientSession;

Coro<ClientResponse> body(std::vector<std::string> pieces, double piece_after = 0,
                          std::exception_ptr broken = nullptr) {
    auto server = std::make_shared<FakeTransport>();
    server->replies = {
        {.pieces = std::move(pieces), .piece_after = piece_after, .broken = std::move(broken)}};
    ClientSession session(over(server));
    co_return co_await session.get("/");
}

CO_TEST(HttpContent, is_read_as_it_comes) {
    ClientResponse response = co_await body({"abc", "de"});
    EXPECT_EQ(co_await response.content().read(2), "ab");
    EXPECT_EQ(co_await response.content().readany(), "c");
    EXPECT_FALSE(response.content().at_eof());
    EXPECT_EQ(co_await response.content().read(10), "de");
    EXPECT_EQ(co_await response.content().read(10), "");
    EXPECT_TRUE(response.content().at_eof());
}

CO_TEST(HttpContent, is_read_to_an_exact_length) {
    ClientResponse response = co_await body({"ab", "cd", "e"});
    EXPECT_EQ(co_await response.content().readexactly(3), "abc");
    try {
        co_await response.content().readexactly(3);
        ADD_FAILURE() << "no error";
    } catch (const IncompleteReadError& error) {
        EXPECT_EQ(error.partial(), "de");
        EXPECT_STREQ(error.what(), "2 bytes read on a total of 3 expected bytes");
    }
}

CO_TEST(HttpContent, is_read_by_lines) {
    ClientResponse response = co_await body({"one\ntw", "o\n\nlast"});
    Log lines;
    auto each = response.content().iter_lines();
    while (auto line = co_await each.next()) lines.push_back(*line);
    EXPECT_EQ(lines, (Log{"one\n", "two\n", "\n", "last"}));
}

CO_TEST(HttpContent, is_read_in_chunks_of_a_size) {
    ClientResponse response = co_await body({"abcde", "fg"});
    Log chunks;
    auto each = response.content().iter_chunked(3);
    while (auto chunk = co_await each.next()) chunks.push_back(*chunk);
    EXPECT_EQ(chunks, (Log{"abc", "def", "g"}));
}

CO_TEST(HttpContent, refuses_a_line_without_end) {
    std::vector<std::string> pieces(20, std::string(100'000, 'x'));
    ClientResponse response = co_await body(std::move(pieces));
    CO_EXPECT_RAISES(co_await response.content().readline(), ValueError);
}

CO_TEST(HttpContent, raises_what_breaks_it_off_after_what_came) {
    ClientResponse response =
        co_await body({"part"}, 0, std::make_exception_ptr(http::ClientPayloadError("cut")));
    EXPECT_EQ(co_await response.content().readany(), "part");
    CO_EXPECT_RAISES(co_await response.content().readany(), http::ClientPayloadError);
}

CO_TEST(HttpContent, takes_no_more_off_the_wire_than_is_asked_for) {
    auto server = std::make_shared<FakeTransport>();
    server->replies = {{.pieces = std::vector<std::string>(100, "piece")}};
    ClientSession session(over(server));
    ClientResponse response = co_await session.get("/");
    co_await response.content().readexactly(7);
    EXPECT_EQ(server->pieces_read, 2);
}

CO_TEST(HttpContent, of_a_response_that_is_a_temporary_is_read_to_its_end) {
    auto lines = (co_await body({"one\ntw", "o\n"}, 0.1)).content().iter_lines();
    Log got;
    while (auto line = co_await lines.next()) got.push_back(*line);
    EXPECT_EQ(got, (Log{"one\n", "two\n"}));
    auto reading = (co_await body({"abc", "de"}, 0.1)).content().read();
    EXPECT_EQ(co_await std::move(reading), "abcde");
}

CO_TEST(HttpContent, a_negative_size_is_all_or_refused) {
    ClientResponse response = co_await body({"abc", "de"});
    CO_EXPECT_RAISES(co_await response.content().readexactly(-1), ValueError);
    auto chunks = response.content().iter_chunked(-1);
    CO_EXPECT_RAISES(co_await chunks.next(), ValueError);
    EXPECT_EQ(co_await response.content().read(-1), "abcde");
}

} // namespace
} // namespace asyncio::test
