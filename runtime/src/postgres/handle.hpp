#pragma once

#include "session.hpp"

#include <memory>

namespace asyncio::postgres::detail {

class PoolState;

/// What the copies of a Connection share. With it the session ends, or goes back to its pool unfit for use.
struct Handle {
    explicit Handle(std::shared_ptr<Session> of, std::shared_ptr<PoolState> from = nullptr);
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle();

    /// Raises InterfaceError after its release to a pool.
    const std::shared_ptr<Session>& in_use() const;

    std::shared_ptr<Session> session;
    std::shared_ptr<PoolState> pool;
    bool released = false;
};

/// Resets the session and gives it back to its pool.
Coro<> give_back(std::shared_ptr<Handle> handle);

} // namespace asyncio::postgres::detail
