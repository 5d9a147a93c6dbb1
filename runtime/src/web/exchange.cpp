#include "exchange.hpp"

#include "drained.hpp"
#include "status.hpp"
#include "text.hpp"

#include <asyncio/error.hpp>

#include <chrono>
#include <format>
#include <utility>

namespace asyncio::web::detail {
namespace {

/// A larger piece is written by itself, which costs less than copying it.
constexpr std::size_t most_copied = std::size_t{16} << 10;

/// For the head of each response: formatted once a second.
const std::string& date_now() {
    static thread_local std::chrono::sys_seconds second;
    static thread_local std::string text;
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    if (text.empty() || now != std::exchange(second, now)) text = http_date(now);
    return text;
}

} // namespace

Exchange::Exchange(std::shared_ptr<Input> input, StreamWriter writer, const RequestHead& head,
                   MaybeDelay write_timeout)
    : input_(std::move(input)), writer_(std::move(writer)), write_timeout_(write_timeout),
      request_headers_(head.headers), minor_(head.minor), head_only_(head.method == "HEAD"),
      keep_alive_(head.keep_alive) {}

void Exchange::require_current() const {
    if (retired_) throw RuntimeError("the handler of this request has returned: nothing more can be sent");
}

void Exchange::start(int code, std::string reason, http::Headers headers,
                     std::optional<std::uint64_t> length) {
    require_current();
    if (std::exchange(started_, true)) throw RuntimeError("the response to this request was already started");
    if (reason.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
        throw ValueError("the reason of a response contains a line break or a NUL: remove it");
    bodyless_ = head_only_ || status::has_no_body(code);
    left_ = length;
    headers.remove("Transfer-Encoding");
    headers.remove("Content-Length");
    if (status::has_no_body(code)) {
        left_.reset();
    } else if (length) {
        headers.add("Content-Length", std::to_string(*length));
    } else if (minor_ == 1) {
        headers.add("Transfer-Encoding", "chunked");
        chunked_ = !head_only_;
    } else {
        keep_alive_ = false;
    }
    if (code != status::switching_protocols) {
        if (has_item(headers, "Connection", "close")) keep_alive_ = false;
        headers.remove("Connection");
        if (!keep_alive_) headers.add("Connection", "close");
        if (keep_alive_ && minor_ == 0) headers.add("Connection", "keep-alive");
    }
    if (!headers.contains("Date")) headers.add("Date", date_now());
    if (reason.empty()) reason = status::reason_of(code);
    std::string head = "HTTP/1.1 " + std::to_string(code);
    head.append(" ").append(reason).append("\r\n");
    for (const auto& [name, value] : headers) head.append(name).append(": ").append(value).append("\r\n");
    unsent_ = std::move(head += "\r\n");
}

void Exchange::flush() {
    if (!unsent_.empty()) writer_.write(std::exchange(unsent_, {}));
}

void Exchange::put(std::string_view data) {
    require_current();
    if (left_) {
        if (data.size() > *left_) throw ValueError("the body is longer than its Content-Length says");
        *left_ -= data.size();
    }
    if (bodyless_ || data.empty()) return;
    if (chunked_) unsent_ += std::format("{:x}\r\n", data.size());
    if (data.size() <= most_copied) {
        unsent_ += data;
    } else {
        flush();
        writer_.write(data);
    }
    if (chunked_) unsent_ += "\r\n";
}

Coro<> Exchange::write(std::string data) {
    put(data);
    flush();
    co_await drained(writer_, write_timeout_);
}

Coro<> Exchange::end(std::string data) {
    require_current();
    if (ended_) co_return;
    put(data);
    if (!bodyless_ && left_.value_or(0) > 0) {
        flush();
        throw ValueError("the body is shorter than its Content-Length says");
    }
    ended_ = true;
    if (chunked_) unsent_ += "0\r\n\r\n";
    flush();
    co_await drained(writer_, write_timeout_);
}

Coro<> Exchange::go_on() {
    if (started_) co_return;
    writer_.write("HTTP/1.1 100 Continue\r\n\r\n");
    co_await drained(writer_, write_timeout_);
}

} // namespace asyncio::web::detail
