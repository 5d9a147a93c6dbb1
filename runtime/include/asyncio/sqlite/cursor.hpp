#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/sqlite/row.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace asyncio::sqlite {
namespace detail {

class CursorState;

template <class T> std::optional<T> row_as(const std::optional<Row>& row) {
    if (!row) return std::nullopt;
    return row->as<T>();
}

template <class T> std::vector<T> rows_as(const std::vector<Row>& rows) {
    std::vector<T> made;
    made.reserve(rows.size());
    for (const Row& row : rows) made.push_back(row.as<T>());
    return made;
}

} // namespace detail

/// The result of a statement. Copies share the position in it. Each call that asks SQLite suspends as
/// Connection::execute() does, with the same errors; on a closed connection it raises ProgrammingError.
class Cursor {
public:
    /// The next row; nullopt at the end. `while (auto row = co_await cursor.next())` reads all of them.
    Coro<std::optional<Row>> next();
    Coro<std::optional<Row>> fetchone() { return next(); }
    /// At most `count` rows; fewer at the end.
    Coro<std::vector<Row>> fetchmany(std::size_t count = 1);
    /// All remaining rows.
    Coro<std::vector<Row>> fetchall();

    /// The same as Row::as<T>() of the rows.
    template <class T> Coro<std::optional<T>> fetchone() { return one_as<T>(*this); }
    template <class T> Coro<std::vector<T>> fetchall() { return all_as<T>(*this); }

    /// Rows that an INSERT, UPDATE or DELETE changed; -1 for other statements.
    std::int64_t rowcount() const;
    /// The rowid of the last row that the connection has inserted; nullopt if it has inserted none.
    std::optional<std::int64_t> lastrowid() const;
    /// The names of the columns; empty for a statement without rows.
    const Row::Columns& columns() const;

    /// Drops the remaining rows. Without it the statement, and with it the database's read lock, ends with the last
    /// row or the last copy of the cursor.
    Coro<> close();

    /// For the library.
    explicit Cursor(std::shared_ptr<detail::CursorState> state) : state_(std::move(state)) {}

private:
    template <class T> static Coro<std::optional<T>> one_as(Cursor self) {
        co_return detail::row_as<T>(co_await self.next());
    }
    template <class T> static Coro<std::vector<T>> all_as(Cursor self) {
        co_return detail::rows_as<T>(co_await self.fetchall());
    }

    std::shared_ptr<detail::CursorState> state_;
};

} // namespace asyncio::sqlite
