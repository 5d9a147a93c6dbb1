#include "../trace/server_log.hpp"
#include "app_state.hpp"
#include "routes.hpp"
#include "server.hpp"

#include <asyncio/detail/finally.hpp>
#include <asyncio/error.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/wait.hpp>

#include <csignal>
#include <cstdio>
#include <exception>
#include <format>
#include <utility>

namespace asyncio::web {
namespace detail {

std::string url_of(std::string_view host, std::uint16_t port) {
    return std::format("http://{}:{}", host, port);
}

Coro<> Server::setup() {
    const std::shared_ptr<Server> kept = shared_from_this();
    if (std::exchange(set_up_, true))
        throw RuntimeError("setup() of this runner was called before: make a new one");
    co_await start_app(app_);
}

Coro<asyncio::Server> Server::listen(std::string host, std::uint16_t port) {
    const std::shared_ptr<Server> kept = shared_from_this();
    if (!set_up_ || stopping_)
        throw RuntimeError(
            "the runner is not set up, or has ended: await its setup() before a site's start()");
    // The server owns its sites, so they must not own it. Without it the writer, as the last, closes the connection.
    asyncio::Server site = co_await start_server(
        // NOLINTNEXTLINE(*-capturing-lambda-coroutines): the listener keeps it
        [weak = std::weak_ptr(kept)](StreamReader reader, StreamWriter writer) -> Coro<> {
            if (const std::shared_ptr<Server> server = weak.lock())
                co_await serve_connection(server, std::move(reader), std::move(writer));
        },
        host, port);
    sites_.push_back(site);
    if (asyncio::detail::ServerLog* const log = asyncio::detail::server_log())
        log->listens(url_of(host, site.port()), site, routes_of(*app_.state()));
    co_return site;
}

std::vector<AnyTask> Server::tasks() const {
    std::vector<AnyTask> tasks;
    for (const Client& client : clients_) tasks.push_back(client.task);
    return tasks;
}

Coro<> Server::end_clients() {
    std::exception_ptr cancelled;
    MaybeDelay patience = options_.shutdown_timeout;
    while (!clients_.empty()) {
        try {
            co_await wait(tasks(), {.timeout = patience});
        } catch (const CancelledError&) {
            cancelled = std::current_exception();
        }
        for (const Client& client : clients_) (void)client.task.cancel();
        patience.reset();
    }
    if (cancelled) std::rethrow_exception(cancelled);
}

Coro<> Server::cleanup() {
    const std::shared_ptr<Server> kept = shared_from_this();
    if (!set_up_ || std::exchange(stopping_, true)) co_return;
    for (const asyncio::Server& site : sites_) site.close();
    for (const Client& client : clients_)
        if (client.idle) (void)client.task.cancel();
    co_await shut_down_app(app_);
    std::exception_ptr cancelled;
    try {
        co_await end_clients();
    } catch (const CancelledError&) {
        cancelled = std::current_exception();
    }
    co_await clean_up_app(app_);
    if (cancelled) std::rethrow_exception(cancelled);
}

} // namespace detail

AppRunner::AppRunner(Application app, ServerOptions options)
    : server_(std::make_shared<detail::Server>(std::move(app), options)) {}

Coro<> AppRunner::setup() { return server_->setup(); }
Coro<> AppRunner::cleanup() { return server_->cleanup(); }
const Application& AppRunner::app() const { return server_->app(); }
std::size_t AppRunner::connections() const { return server_->clients().size(); }

struct TCPSite::State {
    std::shared_ptr<detail::Server> server;
    std::string host;
    std::uint16_t port;
    std::optional<asyncio::Server> listening = {};
};

TCPSite::TCPSite(const AppRunner& runner, std::string host, std::uint16_t port)
    : state_(
          std::make_shared<State>(State{.server = runner.server(), .host = std::move(host), .port = port})) {}

Coro<> TCPSite::start_of(std::shared_ptr<State> state) {
    if (state->listening) throw RuntimeError("start() of this site was called before");
    state->listening = co_await state->server->listen(state->host, state->port);
    state->port = state->listening->port();
}

Coro<> TCPSite::start() { return start_of(state_); }
void TCPSite::stop() {
    if (state_->listening) state_->listening->close();
}
std::uint16_t TCPSite::port() const { return state_->port; }
std::string TCPSite::name() const { return detail::url_of(state_->host, state_->port); }

namespace {

/// Suspends until SIGTERM, if that is to be handled, or for ever.
Coro<> until_terminated(bool handle_signals) {
    EventLoop& loop = get_running_loop();
    const Future<> terminated = loop.create_future();
    if (handle_signals)
        loop.add_signal_handler(SIGTERM, [terminated] {
            if (!terminated.done()) terminated.set_result();
        });
    const asyncio::detail::Finally remove([&] {
        if (handle_signals) (void)loop.remove_signal_handler(SIGTERM);
    });
    co_await terminated;
}

Coro<> serve_site(AppRunner runner, RunOptions options) {
    TCPSite site(runner, std::move(options.host), options.port);
    co_await site.start();
    if (options.print) {
        std::fputs(
            std::format("======== Running on {} ========\n(Press Ctrl+C to quit)\n", site.name()).c_str(),
            stdout);
        std::fflush(stdout);
    }
    co_await until_terminated(options.handle_signals);
}

} // namespace

Coro<> run_app(Application app, RunOptions options) {
    AppRunner runner(std::move(app), options.server);
    co_await runner.setup();
    std::exception_ptr error;
    try {
        co_await serve_site(runner, std::move(options));
    } catch (...) {
        error = std::current_exception();
    }
    co_await runner.cleanup();
    if (error) std::rethrow_exception(error);
}

} // namespace asyncio::web
