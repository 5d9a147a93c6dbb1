#include <asyncio/error.hpp>
#include <asyncio/http/detail/connector.hpp>

#include <utility>

namespace asyncio::http::detail {

Connector::Connector(int limit, int limit_per_host) : limit_per_host_(limit_per_host) {
    if (limit < 0 || limit_per_host < 0) throw ValueError("a connection limit must be 0 (unlimited) or more");
    if (limit > 0) all_.emplace(limit);
}

Connector::Slot::Slot(std::shared_ptr<Connector> connector, std::optional<Held<Semaphore>> host,
                      std::optional<Held<Semaphore>> any)
    : connector_(std::move(connector)), host_(std::move(host)), any_(std::move(any)) {}

Coro<std::unique_ptr<Connector::Slot>> Connector::acquire(std::string origin) {
    const std::shared_ptr<Connector> self = shared_from_this();
    std::optional<Held<Semaphore>> host;
    std::optional<Held<Semaphore>> any;
    // Acquires the host's slot first: waiting for a busy host must not block requests to others.
    if (limit_per_host_ > 0) {
        Semaphore& slots = hosts_.try_emplace(std::move(origin), limit_per_host_).first->second;
        host.emplace(co_await slots.scoped());
    }
    if (all_) any.emplace(co_await all_->scoped());
    co_return std::make_unique<Slot>(self, std::move(host), std::move(any));
}

} // namespace asyncio::http::detail
