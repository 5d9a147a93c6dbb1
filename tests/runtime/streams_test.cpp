#include "support.hpp"

namespace asyncio::test {
namespace {

Coro<> echo(StreamReader reader, StreamWriter writer) {
    while (auto line = co_await reader.next()) {
        writer.write(*line);
        co_await writer.drain();
    }
    writer.close();
}

CO_TEST(Streams, an_echo_server_answers_its_clients) {
    Server server = co_await start_server(echo, "127.0.0.1", 8888);
    auto [reader, writer] = co_await open_connection("127.0.0.1", 8888);
    writer.write("hello\n");
    co_await writer.drain();
    EXPECT_EQ(co_await reader.readline(), "hello\n");
    writer.close();
    co_await writer.wait_closed();
    server.close();
    co_await server.wait_closed();
}

CO_TEST(Streams, each_client_has_its_own_task) {
    Server server = co_await start_server(echo, "localhost", 0);
    const auto client = [&](std::string name) -> Coro<std::string> {
        auto [reader, writer] = co_await open_connection("localhost", server.port());
        std::string heard;
        for (int i = 0; i < 3; ++i) {
            writer.write(std::format("{}{}\n", name, i));
            heard += co_await reader.readline();
        }
        co_return heard;
    };
    auto [a, b] = co_await gather(client("a"), client("b"));
    EXPECT_EQ(a, "a0\na1\na2\n");
    EXPECT_EQ(b, "b0\nb1\nb2\n");
    server.close();
    co_await server.wait_closed();
}

CO_TEST(Streams, what_was_written_before_a_close_arrives) {
    std::string heard;
    Event over;
    Server server = co_await start_server(
        [&](StreamReader reader, StreamWriter) -> Coro<> {
            heard = co_await reader.read();
            over.set();
        },
        "127.0.0.1", 1234);
    const std::string large(1'000'000, 'x');
    {
        auto [reader, writer] = co_await open_connection("127.0.0.1", 1234);
        writer.write(large);
        writer.close();
    }
    co_await over.wait();
    EXPECT_EQ(heard.size(), large.size());
    server.close();
    co_await server.wait_closed();
}

CO_TEST(Streams, a_reader_that_is_slow_holds_up_the_writer) {
    Event go;
    std::size_t heard = 0;
    Server server = co_await start_server(
        [&](StreamReader reader, StreamWriter) -> Coro<> {
            co_await go.wait();
            heard = (co_await reader.read()).size();
        },
        "127.0.0.1", 1234);
    auto [reader, writer] = co_await open_connection("127.0.0.1", 1234);
    std::size_t written = 0;
    const auto write_all = [&]() -> Coro<> {
        for (int i = 0; i < 100; ++i) {
            writer.write(std::string(32 * 1024, 'x'));
            written += 32 * 1024;
            co_await writer.drain();
        }
        writer.write_eof();
    };
    auto writing = create_task(write_all);
    co_await turns(1000);
    EXPECT_FALSE(writing.done());
    EXPECT_LT(written, 1024u * 1024);
    go.set();
    co_await writing;
    server.close();
    co_await server.wait_closed();
    EXPECT_EQ(heard, 100u * 32 * 1024);
}

CO_TEST(Streams, one_direction_can_end_before_the_other) {
    Server server = co_await start_server(
        [](StreamReader reader, StreamWriter writer) -> Coro<> {
            const std::string question = co_await reader.read();
            writer.write("you said " + question);
        },
        "127.0.0.1", 1234);
    auto [reader, writer] = co_await open_connection("127.0.0.1", 1234);
    EXPECT_TRUE(writer.can_write_eof());
    writer.write("this");
    writer.write_eof();
    EXPECT_EQ(co_await reader.read(), "you said this");
    CO_EXPECT_RAISES(writer.write("more"), RuntimeError);
    server.close();
    co_await server.wait_closed();
}

CO_TEST(Streams, writing_to_who_is_gone_raises) {
    Server server = co_await start_server(
        [](StreamReader, StreamWriter writer) -> Coro<> {
            writer.close();
            co_return;
        },
        "127.0.0.1", 1234);
    auto [reader, writer] = co_await open_connection("127.0.0.1", 1234);
    EXPECT_EQ(co_await reader.read(), "");
    const auto talk = [](StreamWriter out) -> Coro<> {
        for (int i = 0; i < 10; ++i) {
            out.write("anyone?");
            co_await out.drain();
            co_await sleep(0);
        }
    };
    CO_EXPECT_RAISES(co_await talk(writer), ConnectionResetError);
    server.close();
    co_await server.wait_closed();
}

CO_TEST(Streams, nobody_listens) {
    CO_EXPECT_RAISES(co_await open_connection("127.0.0.1", 9), ConnectionRefusedError);
    CO_EXPECT_RAISES(co_await open_connection("example.org", 80), OSError);
}

CO_TEST(Streams, a_port_has_one_server_at_a_time) {
    Server server = co_await start_server(echo, "127.0.0.1", 8888);
    EXPECT_EQ(server.sockets(), Log{"127.0.0.1:8888"});
    CO_EXPECT_RAISES(co_await start_server(echo, "127.0.0.1", 8888), OSError);
    server.close();
    EXPECT_TRUE(server.sockets().empty());
    CO_EXPECT_RAISES(co_await open_connection("127.0.0.1", 8888), ConnectionRefusedError);
    Server again = co_await start_server(echo, "127.0.0.1", 8888);
    again.close();
}

CO_TEST(Streams, serving_for_ever_ends_with_a_cancel_after_the_connections) {
    Server server = co_await start_server(echo, "127.0.0.1", 8888, {.start_serving = false});
    EXPECT_FALSE(server.is_serving());
    auto serving = create_task(server.serve_forever());
    co_await sleep(0);
    EXPECT_TRUE(server.is_serving());
    CO_EXPECT_RAISES(co_await server.serve_forever(), RuntimeError);
    auto [reader, writer] = co_await open_connection("127.0.0.1", 8888);
    serving.cancel();
    co_await turns(5);
    EXPECT_FALSE(server.is_serving());
    EXPECT_FALSE(serving.done());
    writer.close();
    CO_EXPECT_RAISES(co_await serving, CancelledError);
}

CO_TEST(Streams, a_closed_server_serves_no_more) {
    Server server = co_await start_server(echo, "127.0.0.1", 8888);
    server.close();
    CO_EXPECT_RAISES(co_await server.serve_forever(), RuntimeError);
    CO_EXPECT_RAISES(co_await server.start_serving(), RuntimeError);
}

CO_TEST(Streams, a_server_closes_its_clients) {
    Server server = co_await start_server(echo, "127.0.0.1", 8888);
    auto [reader, writer] = co_await open_connection("127.0.0.1", 8888);
    server.close();
    server.close_clients();
    EXPECT_EQ(co_await reader.read(), "");
    co_await server.wait_closed();
}

CO_TEST(Streams, an_error_of_a_handler_is_reported_and_closes_its_connection) {
    Reports reports;
    Server server = co_await start_server(
        [](StreamReader, StreamWriter) -> Coro<> {
            co_await sleep(0);
            throw ValueError("in the handler");
        },
        "127.0.0.1", 8888);
    auto [reader, writer] = co_await open_connection("127.0.0.1", 8888);
    EXPECT_EQ(co_await reader.read(), "");
    EXPECT_EQ(reports.only().message, "Unhandled exception in client_connected_cb");
    server.close();
    co_await server.wait_closed();
}

CO_TEST(Streams, a_connection_knows_both_its_ends) {
    std::optional<std::string> seen;
    Server server = co_await start_server(
        [&](StreamReader, StreamWriter writer) -> Coro<> {
            seen = writer.get_extra_info("peername");
            co_return;
        },
        "127.0.0.1", 8888);
    auto [reader, writer] = co_await open_connection("127.0.0.1", 8888);
    co_await reader.read();
    EXPECT_EQ(writer.get_extra_info("peername"), "127.0.0.1:8888");
    EXPECT_EQ(writer.get_extra_info("sockname"), seen);
    EXPECT_EQ(writer.get_extra_info("cipher"), std::nullopt);
    server.close();
}

CO_TEST(Streams, a_server_is_a_context_manager) {
    co_await async_with(co_await start_server(echo, "127.0.0.1", 8888), [](Server& server) -> Coro<> {
        auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
        writer.write("x\n");
        EXPECT_EQ(co_await reader.readline(), "x\n");
    });
    CO_EXPECT_RAISES(co_await open_connection("127.0.0.1", 8888), ConnectionRefusedError);
}

TEST(Streams, a_loop_that_ends_in_mid_connection_leaves_nothing_behind) {
    run_virtual([]() -> Coro<> {
        Server server = co_await start_server(
            [counted = Counted()](StreamReader reader, StreamWriter) -> Coro<> { co_await reader.read(); },
            "127.0.0.1", 8888);
        auto [reader, writer] = co_await open_connection("127.0.0.1", 8888);
        writer.write("unread");
        co_await sleep(1);
    }());
    run_virtual([]() -> Coro<> {
        Server server = co_await start_server(echo, "127.0.0.1", 8888);
        server.close();
    }());
    EXPECT_EQ(Counted::alive, 0);
}

} // namespace
} // namespace asyncio::test
