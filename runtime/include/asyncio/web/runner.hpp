#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/shared.hpp>
#include <asyncio/duration.hpp>
#include <asyncio/streams/server.hpp>
#include <asyncio/web/application.hpp>
#include <asyncio/web/detail/own_client.hpp> // IWYU pragma: keep

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace asyncio::web {
namespace detail {
class Server;
}

/// Limits of a server. A time of std::nullopt is no limit.
struct ServerOptions {
    // NOLINTBEGIN(*-magic-numbers): defaults, named by their members
    /// How long a connection may be without a request.
    MaybeDelay keepalive_timeout = std::chrono::seconds(75);
    /// From the first byte of a request to the end of its head; then the answer is 408.
    MaybeDelay header_timeout = std::chrono::seconds(30);
    /// How long a handler waits for the next part of a body; then the answer is 408.
    MaybeDelay body_timeout = std::chrono::seconds(60);
    /// How long a response waits for a client that takes no data. Then the connection is broken off, which is a
    /// ConnectionResetError in the handler.
    MaybeDelay write_timeout = std::chrono::seconds(60);
    /// How long requests may take to end when the server ends; then their handlers are cancelled.
    MaybeDelay shutdown_timeout = std::chrono::seconds(60);
    // NOLINTEND(*-magic-numbers)
    /// How many connections there may be; further ones are answered with 503 and closed. 0: no limit.
    std::size_t max_connections = 0;
};

/// An application that runs, at any number of addresses. Copies share it. Also a context manager for async_with().
class AppRunner {
public:
    explicit AppRunner(Application app, ServerOptions options = {});

    /// Starts the application: on_startup and cleanup_ctx. Suspends as they do. What one of them raises is raised here,
    /// after the contexts that were entered have been left. Raises RuntimeError if it was called before.
    Coro<> setup();
    /// Ends it: stops listening, closes idle connections, awaits on_shutdown, then the handlers for at most
    /// shutdown_timeout, cancels those that are left, awaits on_cleanup and the ends of cleanup_ctx. Suspends meanwhile.
    /// If cancelled, it cancels the handlers at once and goes on; the cancel is raised at the end. May be called again.
    Coro<> cleanup();

    const Application& app() const;
    /// How many are open.
    std::size_t connections() const;

    Coro<> aenter() { return setup(); }
    Coro<> aexit(const std::exception_ptr&) { return cleanup(); }

    /// For the library.
    const std::shared_ptr<detail::Server>& server() const { return server_; }

private:
    asyncio::detail::Checked<std::shared_ptr<detail::Server>> server_;
};

/// An address of a runner.
class TCPSite {
public:
    static constexpr std::uint16_t default_port = 8080;

    /// Port 0 selects a free one.
    explicit TCPSite(const AppRunner& runner, std::string host = "127.0.0.1",
                     std::uint16_t port = default_port);

    /// Listens. Suspends and raises as start_server(); RuntimeError before the runner's setup().
    Coro<> start();
    /// Stops listening; connections continue.
    void stop();
    /// The port on which it listens; the one it was made with before start().
    std::uint16_t port() const;
    /// "http://127.0.0.1:8080"
    std::string name() const;

private:
    struct State;
    static Coro<> start_of(std::shared_ptr<State> state);

    asyncio::detail::Checked<std::shared_ptr<State>> state_;
};

struct RunOptions {
    std::string host = "127.0.0.1";
    /// 0 selects a free one.
    std::uint16_t port = TCPSite::default_port;
    ServerOptions server = {};
    /// Writes the address to stdout.
    bool print = true;
    /// SIGTERM ends it as a cancel does, but run_app() then returns.
    bool handle_signals = true;
};

/// Runs an application: `asyncio::run(web::run_app(app, {.port = 8080}))`. Suspends until its task is cancelled, as the
/// user's Ctrl+C (SIGINT) or Stop does, or SIGTERM arrives; then it ends as AppRunner::cleanup() says. Raises what the
/// application's start raises, and OSError if the port is in use.
Coro<> run_app(Application app, RunOptions options = {});

} // namespace asyncio::web
