#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/postgres/record.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace asyncio::postgres {
namespace detail {
class CursorState;
} // namespace detail

/// The rows of a query, read a few at a time, from Connection::cursor(). It begins with the first call, and needs a
/// transaction: without one each call raises NoActiveSQLTransactionError. Copies share the position.
class Cursor {
public:
    /// The next row; nullopt at the end: `while (auto row = co_await cursor.next())`. Reads 50 rows at a time.
    Coro<std::optional<Record>> next();
    Coro<std::optional<Record>> fetchrow() { return next(); }
    /// At most `count` rows; fewer at the end.
    Coro<std::vector<Record>> fetch(std::size_t count);
    /// Skips rows; returns how many there were.
    Coro<std::size_t> forward(std::size_t count);

    /// For the library.
    explicit Cursor(std::shared_ptr<detail::CursorState> state) : state_(std::move(state)) {}

private:
    std::shared_ptr<detail::CursorState> state_;
};

} // namespace asyncio::postgres
