#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/duration.hpp>
#include <asyncio/postgres/cursor.hpp>
#include <asyncio/postgres/error.hpp>
#include <asyncio/postgres/notification.hpp>
#include <asyncio/postgres/parameter.hpp>
#include <asyncio/postgres/record.hpp>
#include <asyncio/postgres/statement.hpp>
#include <asyncio/postgres/transaction.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

namespace asyncio::postgres {

/// What is left empty comes from the DSN, else from the environment (PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE).
struct ConnectOptions {
    /// Else 127.0.0.1; in the page postgres.test, its own database, which localhost is too.
    std::string host = {};
    /// Else 5432.
    std::optional<std::uint16_t> port = {};
    /// Else "postgres".
    std::string user = {};
    std::string password = {};
    /// Else the user's name.
    std::string database = {};
    /// For connecting. Raises TimeoutError.
    MaybeDelay timeout = std::chrono::seconds(60); // NOLINT(*-magic-numbers)
    /// For each statement; nullopt: none. Raises TimeoutError and cancels the statement.
    MaybeDelay command_timeout = {};
    /// Number of prepared statements that are kept for the same SQL; 0: none.
    std::size_t statement_cache_size = 100; // NOLINT(*-magic-numbers)
    /// Settings of the session, such as {"application_name", "importer"}.
    std::map<std::string, std::string> server_settings = {};
};

struct CopyOptions {
    /// The columns that the records have; empty: all of the table.
    std::vector<std::string> columns = {};
    /// Empty: as the search path finds the table.
    std::string schema_name = {};
};

/// A connection to a server. Copies share it; with the last one it ends, without a word to the server.
///
/// Every coroutine here suspends until the server has answered. Cancelling it, or a timeout, asks the server to
/// cancel the statement; the next call waits until that has ended. One statement runs at a time: a call of another
/// task meanwhile raises InterfaceError, as does one on a closed connection. The server's errors are raised by their
/// SQLSTATE; ConnectionDoesNotExistError if the connection breaks.
class Connection {
public:
    /// Runs statements without parameters, or one with parameters; returns the status of the last: "INSERT 0 1".
    template <class... Args> Coro<std::string> execute(std::string sql, Args&&... args) {
        if constexpr (sizeof...(Args) == 0)
            return run_script(std::move(sql));
        else
            return run_for_status(std::move(sql), detail::parameters(std::forward<Args>(args)...));
    }
    /// Runs a statement for each element of a range: a tuple, a struct's members, or a single value. All or none
    /// take effect.
    template <std::ranges::input_range R> Coro<> executemany(std::string sql, R&& rows) {
        return run_many(std::move(sql), detail::rows_of(std::forward<R>(rows)));
    }

    /// All rows, as T: see Record::as().
    template <class T = Record, class... Args> Coro<std::vector<T>> fetch(std::string sql, Args&&... args) {
        return detail::all_of<T>(run(std::move(sql), detail::parameters(std::forward<Args>(args)...), 0));
    }
    /// The first row; nullopt if there is none.
    template <class T = Record, class... Args>
    Coro<std::optional<T>> fetchrow(std::string sql, Args&&... args) {
        return detail::first_of<T>(run(std::move(sql), detail::parameters(std::forward<Args>(args)...), 1));
    }
    /// The first column of the first row. Without a row it is null; for a T that is not a std::optional
    /// InterfaceError is raised.
    template <class T = Value, class... Args> Coro<T> fetchval(std::string sql, Args&&... args) {
        return detail::value_of<T>(run(std::move(sql), detail::parameters(std::forward<Args>(args)...), 1));
    }

    /// Sends rows by COPY, the fastest way; all or none. Elements are as those of executemany(). Returns "COPY 3".
    template <std::ranges::input_range R>
    Coro<std::string> copy_records_to_table(std::string table, R&& records, CopyOptions options = {}) {
        return copy_rows(std::move(table), detail::rows_of(std::forward<R>(records)), std::move(options));
    }

    Coro<PreparedStatement> prepare(std::string sql);
    /// The rows of a query a few at a time, inside of a transaction.
    template <class... Args> Cursor cursor(std::string sql, Args&&... args) {
        return open_cursor(std::move(sql), detail::parameters(std::forward<Args>(args)...));
    }

    /// `co_await async_with(connection.transaction(), [&]() -> Coro<> { … })`
    Transaction transaction(TransactionOptions options = {});
    bool is_in_transaction() const;

    /// From now on the loop calls `callback` for each notification of the channel.
    Coro<ListenerId> add_listener(std::string channel, std::function<void(const Notification&)> callback);
    Coro<> remove_listener(std::string channel, ListenerId listener);
    /// From now on keeps the channel's notifications until they are taken.
    Coro<Notifications> listen(std::string channel);
    /// The loop calls `callback` for each NOTICE and WARNING of the server.
    void add_log_listener(std::function<void(const ErrorFields&)> callback);

    /// The process of the server.
    std::int32_t get_server_pid() const;
    /// "15.13", what the server calls itself.
    std::string get_server_version() const;
    /// Settings that the server reports: "TimeZone", "server_encoding".
    std::map<std::string, std::string> get_settings() const;

    /// Rolls back, and takes back what the session has set, listened to and locked.
    Coro<> reset();
    /// Waits for a statement that was cancelled, then ends the connection; releases that of a pool. May be called
    /// again.
    Coro<> close();
    /// Ends the connection at once.
    void terminate();
    bool is_closed() const;

    void aenter() const noexcept {}
    /// close(), or for a connection of a pool Pool::release().
    Coro<> aexit(const std::exception_ptr&);

    /// For the library.
    explicit Connection(std::shared_ptr<detail::Handle> handle) : handle_(std::move(handle)) {}

private:
    friend class Pool;
    using Running = detail::RunningQuery;

    Running run(std::string sql, Parameters parameters, int limit);
    Coro<std::string> run_script(std::string sql);
    Coro<std::string> run_for_status(std::string sql, Parameters parameters);
    Coro<> run_many(std::string sql, std::vector<Parameters> rows);
    Coro<std::string> copy_rows(std::string table, std::vector<Parameters> rows, CopyOptions options);
    Cursor open_cursor(std::string sql, Parameters parameters);

    std::shared_ptr<detail::Handle> handle_;
};

/// Connects: "postgresql://user:password@host:5432/database?application_name=importer".
/// `async_with(postgres::connect(dsn), body)` closes it at the end. Raises OSError if there is no server, the
/// server's errors, such as InvalidPasswordError, TimeoutError, and ValueError for a wrong DSN. TLS is not supported.
Coro<Connection> connect(std::string dsn, ConnectOptions options = {});
Coro<Connection> connect(ConnectOptions options = {});

} // namespace asyncio::postgres
