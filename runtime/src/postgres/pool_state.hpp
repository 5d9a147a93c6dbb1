#pragma once

#include "handle.hpp"

#include <asyncio/postgres/pool.hpp>
#include <asyncio/semaphore.hpp>

#include <memory>
#include <set>
#include <vector>

namespace asyncio::postgres::detail {

/// A slot of the semaphore for each connection in use; the others are idle, the last used last.
class PoolState : public std::enable_shared_from_this<PoolState> {
public:
    explicit PoolState(PoolOptions options);

    /// Opens the first connections.
    static Coro<> fill(std::shared_ptr<PoolState> self);
    static Coro<Connection> acquire(std::shared_ptr<PoolState> self);
    static Coro<> close(std::shared_ptr<PoolState> self);
    void terminate();

    /// A session that was acquired is free again: idle, if it can be used again and `reusable`.
    void put_back(const std::shared_ptr<Session>& session, bool reusable);

    const PoolOptions& options() const noexcept { return options_; }
    int idle_size() const noexcept { return static_cast<int>(idle_.size()); }
    int size() const noexcept { return static_cast<int>(idle_.size() + used_.size()); }
    bool is_closing() const noexcept { return closing_; }

private:
    struct Idle {
        std::shared_ptr<Session> session;
        /// On the loop's clock.
        double since;
    };

    static Coro<std::shared_ptr<Session>> open(std::shared_ptr<PoolState> self);
    std::shared_ptr<Session> take_idle();
    void require_open() const;

    PoolOptions options_;
    Semaphore free_;
    std::vector<Idle> idle_;
    std::set<std::shared_ptr<Session>> used_;
    bool closing_ = false;
    bool closed_ = false;
};

} // namespace asyncio::postgres::detail
