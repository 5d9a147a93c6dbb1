#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/shared.hpp>
#include <asyncio/http/client_session.hpp>
#include <asyncio/web/runner.hpp>
#include <asyncio/websocket/websocket.hpp>

#include <exception>
#include <memory>
#include <string>
#include <utility>

namespace asyncio::web {

/// An application on a free port and a client of it, for tests:
/// `co_await async_with(web::TestClient(app), [](web::TestClient& client) -> Coro<> { ... });`.
///
/// Requests are those of http::ClientSession with paths for URLs, and suspend and raise as there, but go over the
/// runtime's streams, one connection each. No cookies are kept. Copies share it.
class TestClient {
public:
    explicit TestClient(Application app, ServerOptions options = {});

    /// Starts the application and listens. Suspends and raises as AppRunner::setup() and start_server().
    Coro<> start();
    /// As AppRunner::cleanup().
    Coro<> close();

    Coro<http::ClientResponse> request(std::string method, std::string path,
                                       http::RequestOptions options = {});
    Coro<http::ClientResponse> get(std::string path, http::RequestOptions options = {}) {
        return request("GET", std::move(path), std::move(options));
    }
    Coro<http::ClientResponse> post(std::string path, http::RequestOptions options = {}) {
        return request("POST", std::move(path), std::move(options));
    }
    Coro<http::ClientResponse> put(std::string path, http::RequestOptions options = {}) {
        return request("PUT", std::move(path), std::move(options));
    }
    Coro<http::ClientResponse> patch(std::string path, http::RequestOptions options = {}) {
        return request("PATCH", std::move(path), std::move(options));
    }
    Coro<http::ClientResponse> del(std::string path, http::RequestOptions options = {}) {
        return request("DELETE", std::move(path), std::move(options));
    }
    Coro<http::ClientResponse> head(std::string path, http::RequestOptions options = {}) {
        return request("HEAD", std::move(path), std::move(options));
    }
    /// Suspends until the handshake is done. Raises websocket::ConnectError if the server refuses it.
    Coro<WebSocket> ws_connect(std::string path, websocket::ConnectOptions options = {});

    /// Of the server, for raw connections: open_connection("127.0.0.1", client.port()).
    std::uint16_t port() const;
    const AppRunner& runner() const;

    Coro<> aenter() { return start(); }
    Coro<> aexit(const std::exception_ptr&) { return close(); }

private:
    struct State;
    static Coro<> start_of(std::shared_ptr<State> state);
    static Coro<> close_of(std::shared_ptr<State> state);

    asyncio::detail::Checked<std::shared_ptr<State>> state_;
};

} // namespace asyncio::web
