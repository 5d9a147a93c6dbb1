#include <asyncio/detail/error_of.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/http/detail/call.hpp>
#include <asyncio/http/url.hpp>
#include <asyncio/timeout.hpp>

#include <algorithm>
#include <format>
#include <utility>

namespace asyncio::http::detail {
namespace {

void check(MaybeDelay limit, const char* name) {
    if (limit && limit->seconds() < 0)
        throw ValueError(std::format("ClientTimeout::{} is negative; std::nullopt means no limit", name));
}

Coro<> send_pieces(Exchange& exchange, AsyncGenerator<std::string> pieces) {
    while (std::optional<std::string> piece = co_await pieces.next()) {
        if (piece->empty()) continue;
        if (co_await exchange.write(std::move(piece))) continue;
        co_await pieces.aclose();
        co_return;
    }
    co_await exchange.write(std::nullopt);
}

} // namespace

Call::Call(ClientTimeout limits) : limits_(limits), started_(get_running_loop().time()) {
    check(limits.total, "total");
    check(limits.connect, "connect");
    check(limits.read, "read");
}

Call::Limit Call::limit(MaybeDelay own, const char* name) const {
    const Limit its_own{.left = own, .name = name, .seconds = own ? own->seconds() : 0};
    if (!limits_.total) return its_own;
    const double total = limits_.total->seconds();
    const double left = std::max(total - (get_running_loop().time() - started_), 0.0);
    if (own && own->seconds() <= left) return its_own;
    return {.left = left, .name = "total", .seconds = total};
}

void Call::raise_late(const char* what, const Limit& limit) const {
    throw ServerTimeoutError(std::format("{} {} within {} s (ClientTimeout::{})", what, origin_of(url_),
                                         limit.seconds, limit.name));
}

Coro<> Call::upload(AsyncGenerator<std::string> pieces) {
    const Limit bound = limit();
    Timeout deadline = timeout(bound.left);
    deadline.aenter();
    const std::exception_ptr error =
        co_await asyncio::detail::error_of(send_pieces(*exchange_, std::move(pieces)));
    try {
        deadline.aexit(error);
    } catch (const TimeoutError&) {
        release();
        raise_late("the request body was not accepted by", bound);
    }
    // Also a TimeoutError raised by the program, which is not the deadline's.
    if (error) std::rethrow_exception(error);
}

Coro<WireResponse> Call::send(std::shared_ptr<Connector> connector, std::shared_ptr<Transport> transport,
                              WireRequest request, std::optional<AsyncGenerator<std::string>> pieces) {
    url_ = request.url;
    Limit bound = limit(limits_.connect, "connect");
    try {
        slot_ = co_await wait_for(connector->acquire(origin_of(url_)), bound.left);
    } catch (const TimeoutError&) {
        raise_late("no free connection to", bound);
    }
    transport_ = std::move(transport);
    exchange_ = transport_->open(request);
    if (pieces) co_await upload(std::move(*pieces));
    bound = limit(limits_.read, "read");
    try {
        co_return co_await wait_for(exchange_->head(), bound.left);
    } catch (const TimeoutError&) {
        release();
        raise_late("no response from", bound);
    }
}

Coro<std::optional<std::string>> Call::read() {
    if (!exchange_) co_return std::nullopt;
    const Limit bound = limit(limits_.read, "read");
    std::optional<std::string> piece;
    try {
        piece = co_await wait_for(exchange_->read(), bound.left);
    } catch (const TimeoutError&) {
        release();
        raise_late("no further part of the response body from", bound);
    }
    if (!piece) release();
    co_return piece;
}

void Call::release() noexcept {
    exchange_.reset();
    slot_.reset();
}

} // namespace asyncio::http::detail
