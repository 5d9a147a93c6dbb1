#pragma once

#include "head.hpp"

#include <asyncio/coro.hpp>
#include <asyncio/duration.hpp>
#include <asyncio/http/headers.hpp>
#include <asyncio/streams/stream_writer.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace asyncio::web::detail {

/// The answer to one request, as it goes out on the connection.
class Exchange {
public:
    Exchange(std::shared_ptr<Input> input, StreamWriter writer, const RequestHead& head,
             MaybeDelay write_timeout);

    /// Makes the head, with Date and what the body's length asks for, to be sent with the first piece: a system call and
    /// a packet less. nullopt: the length is not known. Does not suspend. Raises RuntimeError if an answer was started
    /// before.
    void start(int code, std::string reason, http::Headers headers, std::optional<std::uint64_t> length);
    /// Sends the head without waiting for a piece.
    void flush();
    /// Both suspend while the connection takes no more data, and raise ConnectionResetError if that lasts for
    /// ServerOptions::write_timeout. `data` is the last piece.
    Coro<> write(std::string data);
    Coro<> end(std::string data = {});
    /// Sends "100 Continue", unless the answer has been started.
    Coro<> go_on();

    /// Whether the request was HEAD, or the status has no body.
    bool is_bodyless() const noexcept { return bodyless_; }
    bool is_started() const noexcept { return started_; }
    /// Whether everything has been sent that the head promises.
    bool is_ended() const noexcept { return ended_; }
    bool is_head() const noexcept { return head_only_; }
    bool keeps_alive() const noexcept { return keep_alive_; }
    void close_afterwards() noexcept { keep_alive_ = false; }
    /// The handler has returned: what is sent from now on would belong to another request.
    void retire() noexcept { retired_ = true; }

    const http::Headers& request_headers() const noexcept { return request_headers_; }

    /// For a connection that stops speaking HTTP.
    const std::shared_ptr<Input>& input() const noexcept { return input_; }
    const StreamWriter& writer() const noexcept { return writer_; }
    MaybeDelay write_timeout() const noexcept { return write_timeout_; }

private:
    void require_current() const;
    void put(std::string_view data);

    std::shared_ptr<Input> input_;
    StreamWriter writer_;
    MaybeDelay write_timeout_;
    http::Headers request_headers_;
    std::string unsent_;
    std::optional<std::uint64_t> left_;
    int minor_;
    bool head_only_;
    bool keep_alive_;
    bool bodyless_ = false;
    bool chunked_ = false;
    bool started_ = false;
    bool ended_ = false;
    bool retired_ = false;
};

} // namespace asyncio::web::detail
