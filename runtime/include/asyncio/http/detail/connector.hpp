#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/scoped.hpp>
#include <asyncio/semaphore.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace asyncio::http::detail {

/// Limits the number of concurrent requests, in total and per host; waiters are served in FIFO order.
class Connector : public std::enable_shared_from_this<Connector> {
public:
    /// 0: no limit.
    Connector(int limit, int limit_per_host);

    /// A request's slot, released when destroyed.
    class Slot {
    public:
        Slot(std::shared_ptr<Connector> connector, std::optional<Held<Semaphore>> host,
             std::optional<Held<Semaphore>> any);

    private:
        // The connector owns the semaphores, so it is destroyed last.
        std::shared_ptr<Connector> connector_;
        std::optional<Held<Semaphore>> host_;
        std::optional<Held<Semaphore>> any_;
    };

    /// Suspends while the limit is reached. If cancelled, it takes no slot.
    Coro<std::unique_ptr<Slot>> acquire(std::string origin);

private:
    int limit_per_host_;
    std::optional<Semaphore> all_;
    std::map<std::string, Semaphore> hosts_;
};

} // namespace asyncio::http::detail
