#include <asyncio/web/event_stream.hpp>

#include <asyncio/error.hpp>

#include <format>
#include <utility>

namespace asyncio::web {
namespace {

void check_line(const char* what, std::string_view text) {
    if (text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos)
        throw ValueError(std::format("the {} of an event contains a line break or a NUL", what));
}

std::string in_lines(const ServerSentEvent& event) {
    check_line("name", event.event);
    check_line("id", event.id);
    std::string text;
    if (!event.id.empty()) text += std::format("id: {}\n", event.id);
    if (!event.event.empty()) text += std::format("event: {}\n", event.event);
    if (event.retry) text += std::format("retry: {}\n", *event.retry);
    std::string_view rest(event.data);
    for (;;) {
        // CR LF, CR and LF all end a line for a browser.
        const std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
        text += std::format("data: {}\n", rest.substr(0, end));
        if (end == rest.size()) return text + "\n";
        rest.remove_prefix(rest.substr(end).starts_with("\r\n") ? end + 2 : end + 1);
    }
}

} // namespace

Coro<> EventStream::send(const ServerSentEvent& event) { return response_.write(in_lines(event)); }
Coro<> EventStream::ping() { return response_.write(":\n\n"); }

Coro<Response> sse_response(Request& request, std::function<Coro<>(EventStream)> body,
                            http::Headers headers) {
    headers.set("Cache-Control", "no-cache");
    StreamResponse response({.headers = std::move(headers), .content_type = "text/event-stream"});
    co_await response.prepare(request);
    if (request.method() != "HEAD") co_await body(EventStream(response));
    co_return response;
}

} // namespace asyncio::web
