#pragma once

#include <asyncio/coro.hpp>

#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace asyncio::postgres {
namespace detail {
struct Handle;
} // namespace detail

struct TransactionOptions {
    /// "serializable", "repeatable_read", "read_committed" or "read_uncommitted"; unset: the server's default.
    std::optional<std::string> isolation = {};
    bool readonly = false;
    bool deferrable = false;
};

/// A transaction, from Connection::transaction(); inside of another one of the same connection it is a savepoint.
/// For async_with, which commits it when the body returns and rolls it back when an error leaves the body; or by
/// start() and commit() or rollback().
class Transaction {
public:
    /// Suspends until the transaction has begun. Raises InterfaceError in one that was begun by a statement BEGIN.
    Coro<> start();
    /// Raises the server's errors, such as SerializationError.
    Coro<> commit();
    Coro<> rollback();

    Coro<> aenter() { return start(); }
    /// After a lost connection there is nothing to roll back.
    Coro<> aexit(const std::exception_ptr& error);

    /// For the library.
    Transaction(std::shared_ptr<detail::Handle> connection, TransactionOptions options);

private:
    struct State;
    std::shared_ptr<State> state_;
};

} // namespace asyncio::postgres
