#include "stream_transport.hpp"

#include "body.hpp"
#include "frames.hpp"
#include "head.hpp"
#include "status.hpp"
#include "text.hpp"

#include <asyncio/detail/own_servers.hpp>
#include <asyncio/http/error.hpp>
#include <asyncio/http/url.hpp>
#include <asyncio/streams/server.hpp>
#include <asyncio/web/detail/own_client.hpp>
#include <asyncio/web/error.hpp>

#include <cstdint>
#include <format>
#include <random>
#include <utility>

namespace asyncio::web::detail {
namespace {

struct Address {
    std::string host;
    std::uint16_t port = 80;
    std::string authority;
    std::string target;
};

/// nullopt for a URL of another scheme.
std::optional<Address> parsed_url(std::string_view url, std::string_view scheme) {
    if (!same_ignoring_case(url.substr(0, scheme.size()), scheme)) return std::nullopt;
    url.remove_prefix(scheme.size());
    url = url.substr(0, url.find('#'));
    Address address;
    address.authority = url.substr(0, url.find_first_of("/?"));
    address.target = visible_url(url.substr(address.authority.size()));
    if (!address.target.starts_with('/')) address.target.insert(0, "/");
    const std::size_t colon = address.authority.find(':', address.authority.rfind(']') + 1);
    address.host = lowered(address.authority.substr(0, colon));
    if (address.host == "[::1]") address.host = "::1";
    if (colon == std::string::npos) return address;
    const auto port = parsed_number(std::string_view(address.authority).substr(colon + 1));
    if (!port || *port > UINT16_MAX) return std::nullopt;
    address.port = static_cast<std::uint16_t>(*port);
    return address;
}

std::string request_text(std::string_view method, const Address& address, const http::Headers& headers) {
    std::string text =
        std::format("{} {} HTTP/1.1\r\nHost: {}\r\n", method, address.target, address.authority);
    for (const auto& [name, value] : headers) text += std::format("{}: {}\r\n", name, value);
    return text + "\r\n";
}

constexpr std::size_t response_piece = std::size_t{64} * 1024;
/// As aiohttp.
constexpr int most_redirects = 10;

class StreamExchange final : public http::Exchange {
public:
    explicit StreamExchange(http::WireRequest request) : request_(std::move(request)) {}

    Coro<bool> write(std::optional<std::string> piece) override {
        if (!writer_) co_await begin();
        if (piece) writer_->write(std::format("{:x}\r\n{}\r\n", piece->size(), *piece));
        if (!piece) writer_->write("0\r\n\r\n");
        try {
            co_await writer_->drain();
        } catch (const ConnectionError&) {
            co_return false;
        }
        co_return true;
    }

    Coro<http::WireResponse> head() override {
        int redirects = 0;
        for (;;) {
            http::WireResponse response = co_await own_head();
            response.redirected = redirects > 0;
            const std::optional<std::string> target = redirect_of(response);
            if (!target) co_return response;
            if (++redirects > most_redirects)
                throw http::ClientConnectionError(
                    std::format("more than {} redirects, the last to {}", most_redirects, *target));
            redirect(response.status, *target);
            if (asyncio::detail::own_servers_client(*target, "http") == nullptr) {
                outside_ = http::default_transport()->open(request_);
                response = co_await outside_->head();
                response.redirected = true;
                co_return response;
            }
        }
    }

    Coro<std::optional<std::string>> read() override {
        if (outside_) co_return co_await outside_->read();
        std::string complaint;
        try {
            std::string piece = co_await body_->read(response_piece);
            if (piece.empty()) co_return std::nullopt;
            co_return piece;
        } catch (const HTTPException& error) {
            complaint = error.text();
        } catch (const ConnectionError& error) {
            complaint = error.what();
        }
        throw http::ClientPayloadError(
            std::format("the response of {} broke off: {}", request_.url, complaint));
    }

private:
    Coro<http::WireResponse> own_head() {
        if (!writer_) co_await begin();
        std::string complaint;
        try {
            ResponseHead head = co_await read_response_head(*input_, request_.method);
            while (head.status == status::go_on) head = co_await read_response_head(*input_, request_.method);
            body_.emplace(input_, head.framing);
            co_return http::WireResponse{.status = head.status,
                                         .reason = head.reason,
                                         .url = request_.url,
                                         .headers = {head.headers.begin(), head.headers.end()}};
        } catch (const HTTPException& error) {
            complaint = error.text();
        } catch (const Error& error) {
            complaint = error.what();
        }
        throw http::ClientConnectionError(std::format("no response from {}: {}", request_.url, complaint));
    }

    /// Where a redirect leads that is to be followed.
    std::optional<std::string> redirect_of(const http::WireResponse& response) const {
        if (!request_.follow_redirects || !status::is_redirect(response.status)) return std::nullopt;
        const std::optional<std::string> location = http::Headers(response.headers).get("Location");
        if (!location) return std::nullopt;
        return http::resolve(request_.url, *location);
    }

    /// As browsers and aiohttp: all but 307 and 308 turn a POST into a GET.
    void redirect(int code, const std::string& target) {
        const bool repeats = code == status::temporary_redirect || code == status::permanent_redirect;
        if (repeats && request_.streamed)
            throw http::ClientConnectionError(
                std::format("the redirect to {} asks for the body again, which was streamed", target));
        if (request_.method == "POST" && !repeats) {
            request_.method = "GET";
            request_.body.reset();
            request_.streamed = false;
            http::Headers headers(request_.headers);
            headers.remove("Content-Type");
            request_.headers = {headers.begin(), headers.end()};
        }
        request_.url = target;
        body_.reset();
        writer_.reset();
        input_.reset();
    }

    Coro<> begin() {
        const std::optional<Address> address = parsed_url(request_.url, "http://");
        if (!address) throw http::InvalidUrl(request_.url, "only http:// goes over streams");
        if (!is_token(request_.method))
            throw ValueError(std::format("\"{}\" is not a method of HTTP", request_.method));
        std::string complaint;
        try {
            auto [reader, writer] = co_await open_connection(address->host, address->port);
            input_ = std::make_shared<Input>(std::move(reader));
            writer_.emplace(std::move(writer));
        } catch (const OSError& error) {
            complaint = error.what();
        }
        if (!writer_) throw http::ClientConnectionError(complaint);
        http::Headers headers(request_.headers);
        headers.set("Connection", "close");
        if (request_.streamed)
            headers.set("Transfer-Encoding", "chunked");
        else if (request_.body || request_.method == "POST" || request_.method == "PUT")
            headers.set("Content-Length", std::to_string(request_.body.value_or("").size()));
        writer_->write(request_text(request_.method, *address, headers));
        if (request_.body) writer_->write(*request_.body);
    }

    http::WireRequest request_;
    std::shared_ptr<Input> input_;
    std::optional<StreamWriter> writer_;
    std::optional<Body> body_;
    /// A redirect has led out of the program.
    std::unique_ptr<http::Exchange> outside_;
};

class StreamTransport final : public http::Transport {
public:
    bool can_stream() const override { return true; }
    std::unique_ptr<http::Exchange> open(const http::WireRequest& request) override {
        return std::make_unique<StreamExchange>(request);
    }
};

constexpr double close_timeout = 10;

class StreamWebSocket final : public websocket::Connection {
public:
    explicit StreamWebSocket(websocket::Request request) : request_(std::move(request)) {}

    Coro<std::string> opened() override {
        const std::optional<Address> address = parsed_url(request_.url, "ws://");
        if (!address) throw websocket::InvalidUrl(request_.url, "only ws:// goes over streams");
        std::string complaint;
        try {
            co_return co_await shake_hands(*address);
        } catch (const HTTPException& error) {
            complaint = error.text();
        } catch (const Error& error) {
            complaint = error.what();
        }
        throw websocket::ConnectError(
            std::format("no WebSocket connection to {}: {}", request_.url, complaint));
    }

    Coro<std::optional<websocket::Message>> receive() override { co_return co_await socket_->receive(); }
    Coro<> closed() override { co_await socket_->wait_closed(close_timeout); }
    Coro<> drained(std::size_t) override { co_await socket_->drain(); }
    void send(std::string_view data, bool binary) override {
        socket_->send(binary ? Opcode::binary : Opcode::text, data);
    }
    /// More than any limit, so that each send awaits drained(), which knows how much the stream takes.
    std::size_t buffered() const override { return SIZE_MAX; }
    std::size_t arrived() const override { return socket_->arrived(); }
    void close(int code, const std::string& reason) override { socket_->close(code, reason); }
    void fail(int code, const std::string& reason) override { socket_->close(code, reason); }
    std::optional<websocket::CloseInfo> end() const override { return socket_->end(); }

private:
    Coro<std::string> shake_hands(const Address& address) {
        auto [reader, writer] = co_await open_connection(address.host, address.port);
        const auto input = std::make_shared<Input>(std::move(reader));
        std::random_device random;
        std::string bytes;
        while (bytes.size() < 16) bytes += static_cast<char>(random());
        const std::string key = base64(bytes);
        http::Headers headers{{"Upgrade", "websocket"},
                              {"Connection", "Upgrade"},
                              {"Sec-WebSocket-Version", "13"},
                              {"Sec-WebSocket-Key", key}};
        for (const std::string& protocol : request_.subprotocols)
            headers.add("Sec-WebSocket-Protocol", protocol);
        writer.write(request_text("GET", address, headers));
        const ResponseHead head = co_await read_response_head(*input, "GET");
        if (head.status != status::switching_protocols)
            throw ConnectionError(std::format("the server answered {} {}", head.status, head.reason));
        if (head.headers.get("Sec-WebSocket-Accept") != accept_of(key))
            throw ConnectionError("the server's Sec-WebSocket-Accept does not belong to the key");
        socket_.emplace(input, writer, FrameSocket::Side::client, request_.max_size);
        co_return head.headers.get("Sec-WebSocket-Protocol").value_or("");
    }

    websocket::Request request_;
    std::optional<FrameSocket> socket_;
};

} // namespace

std::shared_ptr<http::Transport> make_stream_transport() { return std::make_shared<StreamTransport>(); }

std::unique_ptr<websocket::Connection> open_stream_websocket(const websocket::Request& request) {
    return std::make_unique<StreamWebSocket>(request);
}

bool join_clients() noexcept {
    asyncio::detail::reach_own_servers_with(
        {.transport = make_stream_transport, .open = open_stream_websocket});
    return true;
}

} // namespace asyncio::web::detail
