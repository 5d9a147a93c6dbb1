#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/web/request.hpp>
#include <asyncio/web/response.hpp>

#include <functional>
#include <optional>
#include <string>
#include <utility>

namespace asyncio::web {

/// An event of an EventSource. Its data may have several lines.
struct ServerSentEvent {
    std::string data = {};
    /// The name that a page listens to; if empty, "message".
    std::string event = {};
    std::string id = {};
    /// Milliseconds until the browser connects again.
    std::optional<int> retry = {};
};

/// The connection to an EventSource in a page. Copies share it.
class EventStream {
public:
    explicit EventStream(StreamResponse response) : response_(std::move(response)) {}

    /// Suspends, and raises, as StreamResponse::write(): ConnectionResetError once the page is gone. Raises ValueError
    /// for a line break in a name or an id.
    Coro<> send(const ServerSentEvent& event);
    Coro<> send(std::string data) { return send(ServerSentEvent{.data = std::move(data)}); }
    /// A comment, which pages do not see: keeps proxies from closing an idle connection.
    Coro<> ping();

private:
    StreamResponse response_;
};

/// `co_return co_await web::sse_response(request, [&](web::EventStream events) -> Coro<> { ... });` sends events until
/// the body returns or the page is gone, which is no error. A cancel is raised in the body.
Coro<Response> sse_response(Request& request, std::function<Coro<>(EventStream)> body,
                            http::Headers headers = {});

} // namespace asyncio::web
