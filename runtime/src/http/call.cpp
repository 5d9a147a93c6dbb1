#include <asyncio/event_loop.hpp>
#include <asyncio/http/detail/call.hpp>
#include <asyncio/http/url.hpp>

#include <algorithm>
#include <format>
#include <utility>

namespace asyncio::http::detail {
namespace {

void check(MaybeDelay limit, const char* name) {
    if (limit && limit->seconds() < 0)
        throw ValueError(std::format("ClientTimeout::{} is negative; std::nullopt means no limit", name));
}

} // namespace

Call::Call(ClientTimeout limits) : limits_(limits), started_(get_running_loop().time()) {
    check(limits.total, "total");
    check(limits.connect, "connect");
    check(limits.read, "read");
}

MaybeDelay Call::left(MaybeDelay limit) const {
    if (!limits_.total) return limit;
    const double total = std::max(limits_.total->seconds() - (get_running_loop().time() - started_), 0.0);
    return limit ? std::min(limit->seconds(), total) : total;
}

void Call::raise_late(const char* what) const {
    throw ServerTimeoutError(
        std::format("{} from {} within the request's ClientTimeout", what, origin_of(url_)));
}

Coro<WireResponse> Call::send(std::shared_ptr<Connector> connector, std::shared_ptr<Transport> transport,
                              WireRequest request) {
    url_ = request.url;
    try {
        slot_ = co_await wait_for(connector->acquire(origin_of(url_)), left(limits_.connect));
        transport_ = std::move(transport);
        exchange_ = transport_->open(request);
        co_return co_await wait_for(exchange_->head(), left(limits_.read));
    } catch (const TimeoutError&) {
        const bool sent = exchange_ != nullptr;
        release();
        raise_late(sent ? "no answer" : "no free connection");
    }
}

Coro<std::optional<std::string>> Call::read() {
    if (!exchange_) co_return std::nullopt;
    std::optional<std::string> piece;
    try {
        piece = co_await wait_for(exchange_->read(), left(limits_.read));
    } catch (const TimeoutError&) {
        release();
        raise_late("no more of the body");
    }
    if (!piece) release();
    co_return piece;
}

void Call::release() noexcept {
    exchange_.reset();
    slot_.reset();
}

} // namespace asyncio::http::detail
