#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/duration.hpp>
#include <asyncio/sqlite/cursor.hpp>
#include <asyncio/sqlite/function.hpp>
#include <asyncio/sqlite/parameters.hpp>

#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

struct sqlite3;

namespace asyncio::sqlite {

class Transaction;

struct ConnectOptions {
    /// How long a statement waits for another connection's lock.
    std::chrono::milliseconds timeout{5000};
    /// What the first INSERT, UPDATE, DELETE or REPLACE after a commit begins by itself: "DEFERRED", "IMMEDIATE" or
    /// "EXCLUSIVE" transactions, as in Python, so that changes need a commit(). nullopt: nothing; each statement is
    /// a transaction of its own.
    std::optional<std::string> isolation_level = "DEFERRED";
    /// Number of prepared statements that are kept for the same SQL.
    int cached_statements = 128;
    /// The name is a URI: "file:data.db?mode=ro".
    bool uri = false;
};

struct BackupOptions {
    /// Pages to copy between two calls of `progress`; -1: all at once.
    int pages = -1;
    /// Called with the number of pages that remain, and of all.
    std::function<void(int remaining, int total)> progress = {};
};

namespace detail {
class Database;
}

/// A connection to a database. Copies share it. Its statements run one after another on a thread of its own while the
/// loop goes on; in a page without threads they run on the loop, between two of its turns.
///
/// Every coroutine here suspends until its statement has run. Cancelling it interrupts the statement
/// (sqlite3_interrupt) and waits until that has ended. Raises OperationalError, IntegrityError and their kin, and
/// ProgrammingError after close().
class Connection {
public:
    /// Runs one statement with the parameters: values by position, one tuple, one struct by its members' order, or
    /// one Named. The first call for changed rows begins a transaction, see ConnectOptions::isolation_level.
    template <class... Args> Coro<Cursor> execute(std::string sql, Args&&... args) {
        return run(std::move(sql), detail::parameters(std::forward<Args>(args)...));
    }
    Coro<Cursor> execute(std::string sql, std::initializer_list<Value> values);
    Coro<Cursor> execute(std::string sql, std::initializer_list<std::pair<std::string, Value>> named);

    /// Runs one INSERT, UPDATE, DELETE or REPLACE for each element of a range of parameters, as execute() takes them.
    /// `rowcount()` is the sum. If one fails, those before it have been run.
    template <std::ranges::input_range R> Coro<Cursor> executemany(std::string sql, R&& rows) {
        std::vector<Parameters> sets;
        if constexpr (std::ranges::sized_range<R>) sets.reserve(std::ranges::size(rows));
        for (auto&& row : rows) sets.push_back(detail::to_parameters(std::forward<decltype(row)>(row)));
        return run_many(std::move(sql), std::move(sets));
    }

    /// Runs any number of statements without parameters, after a commit().
    Coro<Cursor> executescript(std::string sql);

    /// execute() and fetchall() in one step; the rows as T, see Row::as().
    template <class T = Row, class... Args> Coro<std::vector<T>> fetchall(std::string sql, Args&&... args) {
        return all_of<T>(execute(std::move(sql), std::forward<Args>(args)...));
    }
    /// execute() and the first row.
    template <class T = Row, class... Args> Coro<std::optional<T>> fetchone(std::string sql, Args&&... args) {
        return first_of<T>(execute(std::move(sql), std::forward<Args>(args)...));
    }

    Coro<> commit();
    Coro<> rollback();
    /// For async_with: begins a transaction, commits it when the body returns, rolls it back when an error leaves the
    /// body. Inside of another one of the same task it is a savepoint. Raises OperationalError if another task has one
    /// open on this connection.
    Transaction transaction(std::string kind = "DEFERRED");
    bool in_transaction() const;
    std::int64_t total_changes() const;

    /// Makes a callable a function of SQL. It takes integers, bools, doubles, std::string, Bytes, optionals of them or
    /// Value, and returns one. What it throws fails the statement with OperationalError. It runs where the statements
    /// run: natively on another thread.
    template <class F> Coro<> create_function(std::string name, F function, FunctionOptions options = {}) {
        return add_function(std::move(name), detail::arity_of<F>(), detail::erased(std::move(function)),
                            options);
    }
    /// Makes a class an aggregate function of SQL: one object a group, `step(arguments...)` for each row, `finalize()`
    /// for the value.
    template <class A> Coro<> create_aggregate(std::string name) {
        return add_aggregate(std::move(name), detail::step_arity_of<A>(), detail::aggregate_of<A>());
    }
    /// Makes a function that compares texts a collation of SQL: less than, equal to or greater than 0, as strcmp().
    Coro<> create_collation(std::string name, std::function<int(std::string_view, std::string_view)> compare);

    /// Copies the whole database into another, which must not be in use.
    Coro<> backup(Connection target, BackupOptions options = {});

    /// Ends the running statement, which raises OperationalError "interrupted".
    void interrupt();
    /// Rolls back what was not committed. May be called again.
    Coro<> close();

    /// For SQLite's own interface, where no statement runs meanwhile. Raises ProgrammingError after close().
    sqlite3* handle() const;

    void aenter() const noexcept {}
    Coro<> aexit(std::exception_ptr) { return close(); }

    /// For the library.
    explicit Connection(std::shared_ptr<detail::Database> database) : database_(std::move(database)) {}

private:
    friend class Transaction;

    Coro<Cursor> run(std::string sql, Parameters parameters);
    Coro<Cursor> run_many(std::string sql, std::vector<Parameters> sets);
    Coro<> add_function(std::string name, int arity, detail::Function function, FunctionOptions options);
    Coro<> add_aggregate(std::string name, int arity, detail::AggregateFactory make);

    template <class T> static Coro<std::vector<T>> all_of(Coro<Cursor> executing) {
        Cursor cursor = co_await std::move(executing);
        if constexpr (std::same_as<T, Row>)
            co_return co_await cursor.fetchall();
        else
            co_return co_await cursor.fetchall<T>();
    }
    template <class T> static Coro<std::optional<T>> first_of(Coro<Cursor> executing) {
        Cursor cursor = co_await std::move(executing);
        const std::optional<Row> row = co_await cursor.next();
        co_await cursor.close();
        if constexpr (std::same_as<T, Row>)
            co_return row;
        else
            co_return detail::row_as<T>(row);
    }

    std::shared_ptr<detail::Database> database_;
};

/// Opens a database: a file, which is made if it is not there, ":memory:", or "" for a temporary one.
/// `async_with(sqlite::connect("data.db"), body)` closes it at the end. Raises OperationalError.
Coro<Connection> connect(std::string database, ConnectOptions options = {});

} // namespace asyncio::sqlite
