#pragma once

#include <asyncio/detail/shared.hpp>
#include <asyncio/coro.hpp>
#include <asyncio/future.hpp>
#include <asyncio/streams/stream_reader.hpp>
#include <asyncio/streams/stream_writer.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace asyncio {
namespace detail {
class Listener;
}

struct StreamOptions {
    /// See StreamReader::default_limit.
    std::ptrdiff_t limit = StreamReader::default_limit;
    /// For start_server(): if false, the server does not listen until start_serving() or serve_forever().
    bool start_serving = true;

    // For start_server() on sockets; inside a program they have no effect.
    /// The number of connections that wait to be accepted.
    int backlog = 100; // NOLINT(*-magic-numbers)
    /// Listens although connections of an earlier server on the port have not timed out yet.
    bool reuse_address = true;
    /// Several servers, such as one for each thread's loop, listen on one port, and share its connections.
    bool reuse_port = false;
};

using ClientConnected = std::function<Coro<>(StreamReader, StreamWriter)>;

/// The result of start_server(): a shared handle. Also a context manager for async_with(), which closes it.
class Server {
public:
    explicit Server(std::shared_ptr<detail::Listener> listener) : listener_(std::move(listener)) {}

    /// The addresses on which it listens: "127.0.0.1:8888", "[::1]:8888"; empty once it is closed.
    std::vector<std::string> sockets() const;
    /// The port of the first address.
    std::uint16_t port() const;
    bool is_serving() const;

    Coro<> start_serving() const;
    /// Suspends until the server is closed or the task is cancelled, which closes the server. Raises
    /// RuntimeError if another task is in this call, or if the server is closed.
    Coro<> serve_forever() const;
    /// Stops listening; existing connections continue.
    void close() const;
    void close_clients() const;
    void abort_clients() const;
    /// Suspends until the server is closed and its connections have ended.
    Coro<> wait_closed() const;

    void aenter() const noexcept {}
    Coro<> aexit(const std::exception_ptr&) const;

private:
    detail::Checked<std::shared_ptr<detail::Listener>> listener_;
};

namespace detail {
Coro<Server> listen(ClientConnected client_connected, std::string host, std::uint16_t port,
                    StreamOptions options);
} // namespace detail

/// Listens on TCP sockets natively, on a network inside the program in a page and on a VirtualClock:
/// `client_connected(reader, writer)`, which returns a Coro<>, runs as a task for each connection.
///
/// Listens on each address of `host`, an address or a name; "" is all interfaces. Port 0 selects a free one,
/// natively for each address. Suspends while a name is resolved, on a thread of the default executor, and
/// for one turn; a cancel leaves nothing open. Raises OSError if the port is in use, gaierror if the name has
/// no address. Connections that the system has no descriptors for are reported to the loop's exception
/// handler, and accepted a second later.
template <class F>
Coro<Server> start_server(F client_connected, std::string host, std::uint16_t port,
                          StreamOptions options = {}) {
    constexpr bool takes_both = std::is_invocable_v<F&, StreamReader, StreamWriter>;
    static_assert(takes_both, "start_server() calls its handler as handle(StreamReader reader, StreamWriter "
                              "writer): it must take these two by value");
    if constexpr (takes_both) {
        constexpr bool gives_coro =
            std::same_as<std::invoke_result_t<F&, StreamReader, StreamWriter>, Coro<>>;
        static_assert(gives_coro, "start_server() runs its handler as a task: write -> asyncio::Coro<> after "
                                  "its parameters, and co_return or co_await inside");
        constexpr bool copyable = std::is_copy_constructible_v<F>;
        static_assert(copyable,
                      "start_server() keeps its handler in a std::function, so it must be copyable: let it "
                      "capture a reference or a std::shared_ptr");
        if constexpr (gives_coro && copyable)
            return detail::listen(std::move(client_connected), std::move(host), port, options);
    }
    std::unreachable();
}

/// Connects by TCP natively, to a server of this program in a page and on a VirtualClock: `auto [reader,
/// writer] = co_await open_connection("127.0.0.1", 8888);`.
///
/// Tries the addresses of `host` one after the other; "" is this machine. Suspends until one has answered; a
/// cancel gives up. Raises ConnectionRefusedError if nothing listens there, gaierror if a name has no
/// address, and as asyncio a plain OSError if several addresses failed in different ways.
Coro<std::pair<StreamReader, StreamWriter>> open_connection(std::string host, std::uint16_t port,
                                                            StreamOptions options = {});

} // namespace asyncio
