#pragma once

#include "files_support.hpp"

#include <asyncio/web.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace asyncio::test {

using namespace std::chrono_literals;
using web::Application;
using web::Request;
using web::Response;
using web::TestClient;

inline Coro<Response> hello(Request&) { co_return Response{.text = "hello"}; }
inline Coro<Response> echo_body(Request& request) { co_return Response{.text = co_await request.text()}; }
inline Coro<Response> echo_path(Request& request) { co_return Response{.text = request.path()}; }

inline Application hello_app() {
    Application app;
    app.router().add_get("/", hello);
    app.router().add_post("/echo", echo_body);
    return app;
}

/// Sends bytes on a connection of its own; what the server sends until it closes.
inline Coro<std::string> raw(const TestClient& client, std::string bytes, bool ends = false) {
    auto [reader, writer] = co_await open_connection("127.0.0.1", client.port());
    writer.write(bytes);
    if (ends) writer.write_eof();
    co_return co_await reader.read();
}

/// The status of the first response.
inline int status_of(const std::string& response) {
    if (!response.starts_with("HTTP/1.1 ")) return 0;
    return std::stoi(response.substr(9));
}

inline std::string body_of(const std::string& response) {
    const std::size_t end = response.find("\r\n\r\n");
    return end == std::string::npos ? "" : response.substr(end + 4);
}

inline std::size_t count_of(std::string_view text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1))
        ++count;
    return count;
}

inline Coro<std::string> text_of(Coro<http::ClientResponse> request) {
    http::ClientResponse response = co_await std::move(request);
    co_return co_await response.text();
}

inline Coro<int> status_of(Coro<http::ClientResponse> request) {
    co_return (co_await std::move(request)).status();
}

inline const std::string get_close = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

/// Sends a request and reads nothing; seconds until the server has given the connection up.
inline Coro<double> seconds_of_a_client_that_does_not_read(const TestClient& client, std::string request) {
    auto [reader, writer] = co_await open_connection("127.0.0.1", client.port());
    const double before = get_running_loop().time();
    writer.write(request);
    while (client.runner().connections() > 0) co_await sleep(1);
    co_return get_running_loop().time() - before;
}

/// A WebSocket at /ws that answers what it is told.
inline Application socket_app(web::WebSocketOptions options = {}) {
    Application app;
    app.router().add_get("/ws", [options](Request& request) -> Coro<Response> {
        web::WebSocketResponse ws(options);
        co_await ws.prepare(request);
        while (auto message = co_await ws.next()) {
            if (message->data == "close") {
                co_await ws.close(3001, "as you wish");
                EXPECT_FALSE(co_await ws.next());
            } else if (message->binary) {
                co_await ws.send_bytes(message->data);
            } else {
                co_await ws.send_str("you said " + message->data);
            }
        }
        co_return ws;
    });
    return app;
}

} // namespace asyncio::test
