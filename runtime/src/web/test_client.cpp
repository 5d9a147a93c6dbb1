#include "stream_transport.hpp"

#include <asyncio/error.hpp>
#include <asyncio/web/test_client.hpp>

#include <format>
#include <optional>
#include <utility>

namespace asyncio::web {

struct TestClient::State {
    explicit State(AppRunner of) : runner(std::move(of)), site(runner, "127.0.0.1", 0) {}

    http::ClientSession& open_session() {
        if (!session)
            throw RuntimeError("the test client is not started: await its start(), or use async_with()");
        return *session;
    }

    AppRunner runner;
    TCPSite site;
    std::optional<http::ClientSession> session = {};
};

TestClient::TestClient(Application app, ServerOptions options)
    : state_(std::make_shared<State>(AppRunner(std::move(app), options))) {}

Coro<> TestClient::start_of(std::shared_ptr<State> state) {
    co_await state->runner.setup();
    co_await state->site.start();
    state->session.emplace(
        http::SessionOptions{.base_url = state->site.name(), .transport = detail::make_stream_transport()});
}

Coro<> TestClient::close_of(std::shared_ptr<State> state) {
    if (state->session) state->session->close();
    co_await state->runner.cleanup();
}

Coro<> TestClient::start() { return start_of(state_); }
Coro<> TestClient::close() { return close_of(state_); }

Coro<http::ClientResponse> TestClient::request(std::string method, std::string path,
                                               http::RequestOptions options) {
    return state_->open_session().request(std::move(method), std::move(path), std::move(options));
}

Coro<WebSocket> TestClient::ws_connect(std::string path, websocket::ConnectOptions options) {
    (void)state_->open_session();
    options.open = detail::open_stream_websocket;
    return websocket::connect(std::format("ws://127.0.0.1:{}{}", port(), path), std::move(options));
}

std::uint16_t TestClient::port() const { return state_->site.port(); }
const AppRunner& TestClient::runner() const { return state_->runner; }

} // namespace asyncio::web
