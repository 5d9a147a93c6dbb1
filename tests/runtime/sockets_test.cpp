#include "support.hpp"

#ifndef __EMSCRIPTEN__ // a page has no sockets

#include "plain_socket.hpp"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <netdb.h>
#include <ranges>
#include <sys/resource.h>
#include <thread>

/// Streams over the system's sockets. The texts of errors are those of CPython 3.14 (`base_events.py`,
/// `selector_events.py`); the errors of a reset and of a broken pipe were checked with CPython 3.11.

namespace asyncio::test {
namespace {

constexpr std::size_t mebibyte = std::size_t{1024} * 1024;
/// More than the system buffers of one connection.
constexpr std::size_t most_in_transit = 24 * mebibyte;

std::ptrdiff_t open_descriptors() {
    return std::ranges::distance(std::filesystem::directory_iterator("/proc/self/fd"),
                                 std::filesystem::directory_iterator());
}

Coro<> echo(StreamReader reader, StreamWriter writer) {
    while (auto line = co_await reader.next()) {
        writer.write(*line);
        co_await writer.drain();
    }
}

Coro<> ignore(StreamReader, StreamWriter) { co_return; }

/// Runs the body on a platform loop; it must leave no descriptor open.
void run_on_sockets(Coro<> (*body)()) {
    const std::ptrdiff_t before = open_descriptors();
    run(body());
    EXPECT_EQ(open_descriptors(), before);
    EXPECT_EQ(Counted::alive, 0);
}

Coro<std::string> error_of(Coro<> work) {
    try {
        co_await std::move(work);
    } catch (const Error&) {
        co_return describe(std::current_exception());
    }
    co_return "no error";
}

Coro<> connect(std::string host, std::uint16_t port) { co_await open_connection(std::move(host), port); }
Coro<> serve_at(std::string host, std::uint16_t port) {
    Server server = co_await start_server(ignore, std::move(host), port);
    server.close();
}

} // namespace

/// A test whose body is a coroutine on a platform loop.
#define SOCKET_TEST(Name)                                                                                    \
    static Coro<> Sockets_##Name();                                                                          \
    TEST(Sockets, Name) { run_on_sockets(Sockets_##Name); }                                                  \
    static Coro<> Sockets_##Name()

SOCKET_TEST(any_client_can_talk_to_a_server) {
    Server server = co_await start_server(echo, "127.0.0.1", 0);
    const std::string heard = co_await to_thread([port = server.port()] {
        const PlainSocket client = PlainSocket::connected_to(port);
        client.send("hello\nwor");
        std::string answers = client.receive(6);
        client.send("ld\n");
        client.end_sending();
        answers += client.receive_all();
        return answers;
    });
    EXPECT_EQ(heard, "hello\nworld\n");
    server.close();
    co_await server.wait_closed();
}

SOCKET_TEST(a_program_can_talk_to_any_server) {
    const PlainSocket server = PlainSocket::listening();
    auto serving = create_task(to_thread([&server] {
        const PlainSocket client = server.accept();
        client.send("who is there?\n" + client.receive_all());
    }));
    auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
    EXPECT_EQ(writer.get_extra_info("peername"), std::format("127.0.0.1:{}", server.port()));
    EXPECT_TRUE(writer.can_write_eof());
    writer.write("me");
    writer.write_eof();
    CO_EXPECT_RAISES(writer.write("more"), RuntimeError);
    EXPECT_EQ(co_await reader.read(), "who is there?\nme");
    co_await serving;
    writer.close();
    co_await writer.wait_closed();
}

SOCKET_TEST(a_client_that_ends_its_sending_still_receives) {
    Server server = co_await start_server(
        [](StreamReader reader, StreamWriter writer) -> Coro<> {
            const std::string question = co_await reader.read();
            EXPECT_TRUE(reader.at_eof());
            writer.write("you said " + question);
        },
        "127.0.0.1", 0);
    const std::string heard = co_await to_thread([port = server.port()] {
        const PlainSocket client = PlainSocket::connected_to(port);
        client.send("this");
        client.end_sending();
        return client.receive_all();
    });
    EXPECT_EQ(heard, "you said this");
    server.close();
    co_await server.wait_closed();
}

SOCKET_TEST(a_slow_receiver_holds_up_the_writer) {
    std::atomic<std::size_t> received = 0;
    std::size_t written = 0;
    std::size_t most_waiting = 0;
    Server server = co_await start_server(
        [&](StreamReader, StreamWriter writer) -> Coro<> {
            const std::string piece(256 * 1024, 'x');
            while (written < 64 * mebibyte) {
                writer.write(piece);
                written += piece.size();
                most_waiting = std::max(most_waiting, written - received);
                co_await writer.drain();
            }
        },
        "127.0.0.1", 0);
    std::atomic<bool> is_full = false;
    auto receiving = create_task(to_thread([&, port = server.port()] {
        const PlainSocket client = PlainSocket::connected_to(port);
        is_full.wait(false);
        for (std::string bytes = client.receive_some(); !bytes.empty(); bytes = client.receive_some())
            received += bytes.size();
    }));
    // Until the writer is held up: then nothing more is written in many turns.
    for (std::size_t before = 1; written == 0 || before != written;) {
        before = written;
        co_await turns(1000);
    }
    EXPECT_LT(written, most_in_transit);
    is_full = true;
    is_full.notify_all();
    co_await receiving;
    EXPECT_EQ(received, 64 * mebibyte);
    EXPECT_LT(most_waiting, most_in_transit);
    server.close();
    co_await server.wait_closed();
}

SOCKET_TEST(a_slow_reader_holds_up_the_sender) {
    std::atomic<std::size_t> sent = 0;
    std::size_t read = 0;
    std::size_t most_waiting = 0;
    Event over;
    Server server = co_await start_server(
        [&](StreamReader reader, StreamWriter) -> Coro<> {
            for (;;) {
                const std::string bytes = co_await reader.read(64 * 1024);
                if (bytes.empty()) break;
                read += bytes.size();
                most_waiting = std::max(most_waiting, sent - std::min<std::size_t>(sent, read));
                co_await turns(2);
            }
            over.set();
        },
        "127.0.0.1", 0);
    co_await to_thread([&, port = server.port()] {
        const PlainSocket client = PlainSocket::connected_to(port);
        const std::string piece(256 * 1024, 'x');
        while (sent < 64 * mebibyte) {
            client.send(piece);
            sent += piece.size();
        }
    });
    co_await over.wait();
    EXPECT_EQ(read, 64 * mebibyte);
    EXPECT_LT(most_waiting, most_in_transit);
    server.close();
    co_await server.wait_closed();
}

SOCKET_TEST(a_reset_by_the_peer_is_raised_by_reads_and_by_the_end) {
    PlainSocket server = PlainSocket::listening();
    auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
    co_await to_thread([&server] { server.accept().reset(); });
    const auto read = [](StreamReader from) -> Coro<> { co_await from.read(); };
    const std::string reset =
        std::format("ConnectionResetError: [Errno {}] Connection reset by peer", ECONNRESET);
    EXPECT_EQ(co_await error_of(read(reader)), reset);
    EXPECT_EQ(co_await error_of(writer.drain()), reset);
    EXPECT_EQ(co_await error_of(writer.wait_closed()), reset);
    EXPECT_TRUE(writer.is_closing());
}

SOCKET_TEST(writing_to_who_is_gone_raises_and_kills_nobody) {
    struct sigaction action = {};
    sigaction(SIGPIPE, nullptr, &action);
    EXPECT_EQ(action.sa_handler, SIG_DFL);
    PlainSocket server = PlainSocket::listening();
    auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
    server.accept().close();
    EXPECT_EQ(co_await reader.read(), "");
    const auto talk = [](StreamWriter out) -> Coro<> {
        for (;;) {
            out.write("anyone?");
            co_await out.drain();
        }
    };
    EXPECT_TRUE((co_await error_of(talk(writer))).contains("ConnectionResetError: Connection lost"));
    EXPECT_EQ(co_await error_of(writer.wait_closed()),
              std::format("BrokenPipeError: [Errno {}] Broken pipe", EPIPE));
}

SOCKET_TEST(nobody_listens) {
    const PlainSocket deaf = PlainSocket::bound();
    const std::string refused =
        std::format("[Errno {}] Connect call failed ('127.0.0.1', {})", ECONNREFUSED, deaf.port());
    EXPECT_EQ(co_await error_of(connect("127.0.0.1", deaf.port())), "ConnectionRefusedError: " + refused);
    try {
        co_await connect("127.0.0.1", deaf.port());
    } catch (const OSError& error) {
        EXPECT_EQ(error.number(), ECONNREFUSED);
        EXPECT_EQ(error.strerror(), std::format("Connect call failed ('127.0.0.1', {})", deaf.port()));
    }
    // Where a name has several addresses, all are tried.
    EXPECT_TRUE((co_await error_of(connect("localhost", deaf.port()))).contains(refused));
}

SOCKET_TEST(a_name_without_an_address) {
    // No label of a name has more than 63 letters, so that nobody is asked.
    const std::string name(64, 'x');
    EXPECT_TRUE((co_await error_of(connect(name, 80))).starts_with("gaierror: [Errno -"));
    EXPECT_TRUE((co_await error_of(serve_at(name, 80))).starts_with("gaierror: [Errno -"));
    EXPECT_TRUE((co_await error_of(connect(std::string("a\0b", 3), 80))).starts_with("ValueError: "));
}

SOCKET_TEST(a_port_in_use) {
    const PlainSocket other = PlainSocket::listening();
    EXPECT_EQ(
        co_await error_of(serve_at("127.0.0.1", other.port())),
        std::format("OSError: [Errno {0}] error while attempting to bind on address ('127.0.0.1', {1}): "
                    "[errno {0}] address already in use",
                    EADDRINUSE, other.port()));
}

SOCKET_TEST(a_port_can_be_used_again_at_once) {
    Server first = co_await start_server(echo, "127.0.0.1", 0);
    const std::uint16_t port = first.port();
    auto [reader, writer] = co_await open_connection("127.0.0.1", port);
    first.close();
    first.close_clients();
    co_await first.wait_closed();
    EXPECT_EQ(co_await reader.read(), "");
    Server second = co_await start_server(ignore, "127.0.0.1", port);
    EXPECT_EQ(second.port(), port);
    second.close();
}

SOCKET_TEST(a_server_knows_its_addresses_and_each_connection_its_ends) {
    std::optional<std::string> seen;
    Server server = co_await start_server(
        [&](StreamReader, StreamWriter writer) -> Coro<> {
            seen = writer.get_extra_info("peername");
            co_return;
        },
        "127.0.0.1", 0);
    EXPECT_GT(server.port(), 0);
    EXPECT_EQ(server.sockets(), Log{std::format("127.0.0.1:{}", server.port())});
    auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
    EXPECT_EQ(co_await reader.read(), "");
    EXPECT_EQ(writer.get_extra_info("peername"), server.sockets().front());
    EXPECT_EQ(writer.get_extra_info("sockname"), seen);
    EXPECT_EQ(writer.get_extra_info("cipher"), std::nullopt);
    server.close();
    EXPECT_TRUE(server.sockets().empty());
}

/// Whether this machine has the address ::1.
bool has_ipv6() {
    const int descriptor = ::socket(AF_INET6, SOCK_STREAM, 0);
    if (descriptor < 0) return false;
    const sockaddr_in6 address = {.sin6_family = AF_INET6,
                                  .sin6_port = 0,
                                  .sin6_flowinfo = 0,
                                  .sin6_addr = in6addr_loopback,
                                  .sin6_scope_id = 0};
    const int bound = ::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
    ::close(descriptor);
    return bound == 0;
}

SOCKET_TEST(ipv6_is_served_where_there_is_one) {
    if (!has_ipv6()) {
        EXPECT_EQ(co_await error_of(serve_at("::1", 0)),
                  "OSError: could not bind on any address out of [('::1', 0, 0, 0)]");
        co_return;
    }
    Server server = co_await start_server(echo, "::1", 0);
    EXPECT_EQ(server.sockets(), Log{std::format("[::1]:{}", server.port())});
    auto [reader, writer] = co_await open_connection("::1", server.port());
    writer.write("six\n");
    EXPECT_EQ(co_await reader.readline(), "six\n");
    EXPECT_EQ(writer.get_extra_info("peername"), server.sockets().front());
    writer.close();
    server.close();
    co_await server.wait_closed();
    EXPECT_EQ(co_await error_of(connect("::1", server.port())),
              std::format("ConnectionRefusedError: [Errno {}] Connect call failed ('::1', {}, 0, 0)",
                          ECONNREFUSED, server.port()));
}

SOCKET_TEST(without_a_host_a_server_listens_on_all_interfaces) {
    Server server = co_await start_server(echo, "", 0);
    EXPECT_EQ(server.sockets().size(), has_ipv6() ? 2u : 1u);
    for (const std::string& name : server.sockets()) {
        const bool six = name.starts_with('[');
        EXPECT_TRUE(name.starts_with(six ? "[::]:" : "0.0.0.0:"));
        const auto port = static_cast<std::uint16_t>(std::stoi(name.substr(name.rfind(':') + 1)));
        auto [reader, writer] = co_await open_connection("", port);
        writer.write("x\n");
        EXPECT_EQ(co_await reader.readline(), "x\n");
        writer.close();
    }
    server.close();
    co_await server.wait_closed();
}

SOCKET_TEST(a_connect_that_nobody_answers_can_be_cancelled) {
    // Its queue has room for one, which is never accepted; further ones are not answered.
    const PlainSocket server = PlainSocket::listening(0);
    const PlainSocket first = PlainSocket::connected_to(server.port());
    const std::ptrdiff_t before = open_descriptors();
    auto connecting = create_task(connect("127.0.0.1", server.port()));
    co_await turns(50);
    EXPECT_FALSE(connecting.done());
    EXPECT_EQ(open_descriptors(), before + 1);
    connecting.cancel();
    CO_EXPECT_RAISES(co_await connecting, CancelledError);
    EXPECT_EQ(open_descriptors(), before);
}

SOCKET_TEST(a_connect_that_is_cancelled_at_any_turn_leaves_nothing_open) {
    Server server = co_await start_server(echo, "127.0.0.1", 0);
    const std::ptrdiff_t before = open_descriptors();
    for (int later = 0; later < 8; ++later) {
        auto connecting = create_task(connect("127.0.0.1", server.port()));
        co_await turns(later);
        connecting.cancel();
        const bool has_ended = co_await wait_for(error_of([](Task<> task) -> Coro<> {
                                                     try {
                                                         co_await task;
                                                     } catch (const CancelledError&) {
                                                     }
                                                 }(connecting)),
                                                 10) == "no error";
        EXPECT_TRUE(has_ended);
    }
    server.close();
    co_await server.wait_closed();
    EXPECT_EQ(open_descriptors(), before - 1);
}

SOCKET_TEST(a_read_can_be_cancelled_and_loses_nothing) {
    PlainSocket server = PlainSocket::listening();
    auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
    const PlainSocket peer = server.accept();
    CO_EXPECT_RAISES(co_await wait_for(reader.readline(), 0.001), TimeoutError);
    peer.send("late\n");
    EXPECT_EQ(co_await reader.readline(), "late\n");
}

SOCKET_TEST(two_hundred_connections_at_once) {
    Server server = co_await start_server(echo, "127.0.0.1", 0, {.backlog = 200});
    int connected = 0;
    Event all;
    const auto client = [&](int number) -> Coro<std::string> {
        auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
        if (++connected == 200) all.set();
        co_await all.wait();
        writer.write(std::format("{}\n", number));
        std::string line = co_await reader.readline();
        writer.close();
        co_await writer.wait_closed();
        co_return line;
    };
    std::vector<Coro<std::string>> clients;
    for (int number = 0; number < 200; ++number) clients.push_back(client(number));
    const std::vector<std::string> heard = co_await gather(std::move(clients));
    for (int number = 0; number < 200; ++number)
        EXPECT_EQ(heard[static_cast<std::size_t>(number)], std::format("{}\n", number));
    server.close();
    co_await server.wait_closed();
}

SOCKET_TEST(a_closed_server_keeps_its_connections) {
    Server server = co_await start_server(echo, "127.0.0.1", 0);
    auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
    writer.write("one\n");
    EXPECT_EQ(co_await reader.readline(), "one\n");
    server.close();
    CO_EXPECT_RAISES(co_await open_connection("127.0.0.1", server.port()), ConnectionRefusedError);
    auto closed = create_task(server.wait_closed());
    writer.write("two\n");
    EXPECT_EQ(co_await reader.readline(), "two\n");
    EXPECT_FALSE(closed.done());
    writer.close();
    co_await closed;
}

SOCKET_TEST(aborted_clients_end_at_once) {
    Server server = co_await start_server(echo, "127.0.0.1", 0);
    auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
    writer.write("x\n");
    co_await reader.readline();
    server.close();
    server.abort_clients();
    co_await server.wait_closed();
    EXPECT_EQ(co_await reader.read(), "");
}

SOCKET_TEST(a_bound_server_listens_once_it_serves) {
    Server server = co_await start_server(echo, "127.0.0.1", 0, {.start_serving = false});
    EXPECT_FALSE(server.is_serving());
    CO_EXPECT_RAISES(co_await open_connection("127.0.0.1", server.port()), ConnectionRefusedError);
    auto serving = create_task(server.serve_forever());
    co_await sleep(0);
    auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
    writer.write("x\n");
    EXPECT_EQ(co_await reader.readline(), "x\n");
    writer.close();
    serving.cancel();
    CO_EXPECT_RAISES(co_await serving, CancelledError);
}

SOCKET_TEST(what_was_written_before_a_close_arrives_although_all_handles_are_gone) {
    PlainSocket server = PlainSocket::listening();
    {
        auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
        writer.write(std::string(32 * mebibyte, 'x'));
    }
    const std::size_t count = co_await to_thread([&server] { return server.accept().receive_all().size(); });
    EXPECT_EQ(count, 32 * mebibyte);
}

SOCKET_TEST(a_busy_loop_hears_its_sockets) {
    Server server = co_await start_server(echo, "127.0.0.1", 0);
    auto asking = create_task(to_thread([port = server.port()] {
        const PlainSocket client = PlainSocket::connected_to(port);
        client.send("x\n");
        return client.receive(2);
    }));
    while (!asking.done()) co_await sleep(0);
    EXPECT_EQ(co_await asking, "x\n");
    server.close();
    co_await server.wait_closed();
}

/// Lets the process have no more descriptors than are open, until it is destroyed.
class NoMoreDescriptors {
public:
    NoMoreDescriptors() {
        getrlimit(RLIMIT_NOFILE, &before_);
        // One that is free below the highest one in use would be given out.
        const int lowest_free = dup(STDERR_FILENO);
        close(lowest_free);
        const rlimit none = {.rlim_cur = static_cast<rlim_t>(lowest_free), .rlim_max = before_.rlim_max};
        setrlimit(RLIMIT_NOFILE, &none);
    }
    NoMoreDescriptors(const NoMoreDescriptors&) = delete;
    NoMoreDescriptors& operator=(const NoMoreDescriptors&) = delete;
    ~NoMoreDescriptors() { setrlimit(RLIMIT_NOFILE, &before_); }

private:
    rlimit before_ = {};
};

SOCKET_TEST(without_descriptors_a_server_reports_it_once_and_accepts_later) {
    Reports reports;
    Server server = co_await start_server(echo, "127.0.0.1", 0);
    const PlainSocket client;
    {
        const NoMoreDescriptors none;
        client.connect(server.port());
        while (reports.all().empty()) co_await sleep(0);
        co_await turns(100);
    }
    const ExceptionContext report = reports.only();
    EXPECT_EQ(report.message, "socket.accept() out of system resource");
    EXPECT_EQ(message(report.exception), std::format("[Errno {}] Too many open files", EMFILE));
    client.send("x\n");
    EXPECT_EQ(co_await to_thread([&client] { return client.receive(2); }), "x\n");
    server.close();
    server.close_clients();
    co_await server.wait_closed();
}

SOCKET_TEST(an_error_of_a_handler_is_reported_and_closes_its_connection) {
    Reports reports;
    Server server = co_await start_server(
        [](StreamReader, StreamWriter) -> Coro<> {
            co_await sleep(0);
            throw ValueError("in the handler");
        },
        "127.0.0.1", 0);
    auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
    EXPECT_EQ(co_await reader.read(), "");
    EXPECT_EQ(reports.only().message, "Unhandled exception in client_connected_cb");
    server.close();
    co_await server.wait_closed();
}

SOCKET_TEST(a_handler_sees_the_context_of_its_server) {
    static const ContextVar<int> number("number", 0);
    std::optional<int> seen;
    number.set(1);
    Server server = co_await start_server(
        [&](StreamReader, StreamWriter) -> Coro<> {
            seen = number.get();
            co_return;
        },
        "127.0.0.1", 0);
    number.set(2);
    auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
    EXPECT_EQ(co_await reader.read(), "");
    EXPECT_EQ(seen, 1);
    server.close();
}

TEST(Sockets, a_loop_that_ends_in_mid_connection_leaves_nothing_behind) {
    const std::ptrdiff_t before = open_descriptors();
    run([]() -> Coro<> {
        Server server = co_await start_server(
            [counted = Counted()](StreamReader reader, StreamWriter) -> Coro<> { co_await reader.read(); },
            "127.0.0.1", 0);
        auto [reader, writer] = co_await open_connection("127.0.0.1", server.port());
        // More than the system takes: the rest waits when the loop ends.
        writer.write(std::string(32 * mebibyte, 'x'));
        writer.close();
        co_await sleep(0);
    }());
    EXPECT_EQ(open_descriptors(), before);
    EXPECT_EQ(Counted::alive, 0);
}

TEST(Sockets, handles_may_outlive_their_loop) {
    const std::ptrdiff_t before = open_descriptors();
    {
        const PlainSocket server = PlainSocket::listening();
        auto [reader, writer] = run(open_connection("127.0.0.1", server.port()));
        Server listening = run(start_server(ignore, "127.0.0.1", 0));
        writer.write("still sent");
        writer.close();
        EXPECT_TRUE(writer.is_closing());
        EXPECT_EQ(server.accept().receive(10), "still sent");
        listening.close();
        EXPECT_FALSE(listening.is_serving());
    }
    EXPECT_EQ(open_descriptors(), before);
}

TEST(Sockets, each_thread_can_serve_one_port_with_a_loop_of_its_own) {
    std::atomic<int> served = 0;
    const auto work = [&](std::uint16_t port, std::atomic<int>& ready) -> Coro<> {
        Server server = co_await start_server(
            [&](StreamReader reader, StreamWriter writer) -> Coro<> {
                writer.write(co_await reader.readline());
                ++served;
            },
            "127.0.0.1", port, {.reuse_port = true});
        ++ready;
        while (ready < 4) co_await sleep(0);
        for (int call = 0; call < 10; ++call) {
            auto [reader, writer] = co_await open_connection("127.0.0.1", port);
            writer.write("x\n");
            EXPECT_EQ(co_await reader.readline(), "x\n");
            writer.close();
            co_await writer.wait_closed();
        }
        ++ready;
        while (ready < 8) co_await sleep(0.001);
        server.close();
        co_await server.wait_closed();
    };
    // A port that was free just now, for all of them.
    Server first = run(start_server(ignore, "127.0.0.1", 0));
    const std::uint16_t port = first.port();
    first.close();
    std::atomic<int> ready = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back([&] { run(work(port, ready)); });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(served, 40);
}

TEST(Sockets, a_loop_without_sockets_still_finds_its_deadlocks) {
    EXPECT_THROW(run([]() -> Coro<> {
                     Server server = co_await start_server(echo, "127.0.0.1", 0);
                     server.close();
                     co_await Event().wait();
                 }()),
                 DeadlockError);
}

} // namespace asyncio::test

#endif
