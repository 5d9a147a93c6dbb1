#include "body.hpp"

#include "status.hpp"
#include "text.hpp"

#include <asyncio/wait_for.hpp>
#include <asyncio/web/error.hpp>

#include <algorithm>
#include <exception>
#include <format>
#include <utility>

namespace asyncio::web::detail {
namespace {

/// A chunk's size and its extensions, which are ignored.
constexpr std::size_t longest_chunk_line = 256;
constexpr std::size_t most_size_digits = 15;

std::uint64_t chunk_size(std::string_view line) {
    const std::string_view digits = line.substr(0, line.find_first_of("; \t"));
    constexpr int hexadecimal_base = 16;
    const std::optional<std::uint64_t> size =
        digits.size() <= most_size_digits ? parsed_number(digits, hexadecimal_base) : std::nullopt;
    const std::string_view extension = line.substr(digits.size());
    const std::size_t behind_spaces = extension.find_first_not_of(" \t");
    const bool ends_well =
        extension.empty() || (behind_spaces != std::string_view::npos && extension[behind_spaces] == ';');
    if (!size || !ends_well) throw HTTPBadRequest("the size of a chunk is not a hexadecimal number");
    if (std::ranges::any_of(extension, [](char letter) {
            return (static_cast<unsigned char>(letter) < ' ' && letter != '\t') || letter == '\x7F';
        }))
        throw HTTPBadRequest("the extension of a chunk contains a control character");
    return *size;
}

} // namespace

Body::Body(std::shared_ptr<Input> input, Framing framing, MaybeDelay timeout,
           std::shared_ptr<Exchange> exchange)
    : input_(std::move(input)), framing_(framing), timeout_(timeout), exchange_(std::move(exchange)),
      left_(framing.length), ended_(framing.kind == Framing::Kind::none) {}

std::optional<std::uint64_t> Body::length() const {
    if (framing_.kind == Framing::Kind::none) return 0;
    return framing_.kind == Framing::Kind::length ? std::optional(framing_.length) : std::nullopt;
}

Coro<std::string> Body::read(std::size_t most) {
    if (ended_ || most == 0) co_return "";
    if (failed_) throw HTTPBadRequest("the body of the request is malformed");
    if (const std::shared_ptr<Exchange> exchange = std::exchange(exchange_, nullptr))
        co_await exchange->go_on();
    std::exception_ptr fault;
    try {
        co_return co_await wait_for(read_piece(most), timeout_);
    } catch (const TimeoutError&) {
        fault = std::make_exception_ptr(HTTPRequestTimeout(
            std::format("no further part of the body within {} s", timeout_ ? timeout_->seconds() : 0)));
    } catch (const BrokenOff&) {
        fault = std::make_exception_ptr(HTTPBadRequest("the body of the request is shorter than it says"));
    } catch (const HTTPException&) {
        fault = std::current_exception();
    }
    failed_ = true;
    std::rethrow_exception(fault);
}

Coro<std::string> Body::some(std::uint64_t most) {
    while (input_->view().empty())
        if (!co_await input_->fill()) co_return "";
    co_return input_->take(static_cast<std::size_t>(std::min<std::uint64_t>(most, input_->view().size())));
}

Coro<std::string> Body::read_piece(std::size_t most) {
    if (framing_.kind == Framing::Kind::until_end) {
        std::string piece = co_await some(most);
        ended_ = piece.empty();
        co_return piece;
    }
    if (framing_.kind == Framing::Kind::chunked) {
        if (place_ == Place::data_end) co_await end_chunk();
        if (place_ == Place::size) co_await begin_chunk();
        if (place_ == Place::trailer) {
            co_await read_fields(*input_, largest_head);
            ended_ = true;
            co_return "";
        }
    }
    std::string piece = co_await some(std::min<std::uint64_t>(most, left_));
    if (piece.empty()) throw BrokenOff();
    left_ -= piece.size();
    if (left_ == 0) {
        if (framing_.kind == Framing::Kind::chunked)
            place_ = Place::data_end;
        else
            ended_ = true;
    }
    co_return piece;
}

Coro<> Body::begin_chunk() {
    left_ = chunk_size(co_await input_->line(longest_chunk_line, status::bad_request));
    place_ = left_ == 0 ? Place::trailer : Place::data;
}

Coro<> Body::end_chunk() {
    while (input_->view().size() < 2)
        if (!co_await input_->fill()) throw BrokenOff();
    if (!input_->view().starts_with("\r\n")) throw HTTPBadRequest("a chunk is longer than its size says");
    input_->drop(2);
    place_ = Place::size;
}

} // namespace asyncio::web::detail
