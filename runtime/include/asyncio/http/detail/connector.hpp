#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/scoped.hpp>
#include <asyncio/semaphore.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace asyncio::http::detail {

/// Bounds how many requests are under way, in all and for each host; who waits is served in order.
class Connector : public std::enable_shared_from_this<Connector> {
public:
    /// 0: no limit.
    Connector(int limit, int limit_per_host);

    /// A request's place, given back when it goes.
    class Slot {
    public:
        Slot(std::shared_ptr<Connector> connector, std::optional<Held<Semaphore>> host,
             std::optional<Held<Semaphore>> any);

    private:
        // The semaphores are the connector's: it goes last.
        std::shared_ptr<Connector> connector_;
        std::optional<Held<Semaphore>> host_;
        std::optional<Held<Semaphore>> any_;
    };

    /// Suspends while as many as allowed are under way. Cancelled, it takes no place.
    Coro<std::unique_ptr<Slot>> acquire(std::string origin);

private:
    int limit_per_host_;
    std::optional<Semaphore> all_;
    std::map<std::string, Semaphore> hosts_;
};

} // namespace asyncio::http::detail
