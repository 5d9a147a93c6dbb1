#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/duration.hpp>
#include <asyncio/postgres/connection.hpp>

#include <chrono>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace asyncio::postgres {
namespace detail {
class PoolState;
} // namespace detail

struct PoolOptions {
    /// Connections that create_pool() opens.
    int min_size = 10; // NOLINT(*-magic-numbers)
    /// Connections at most; further ones are opened when they are needed.
    int max_size = 10; // NOLINT(*-magic-numbers)
    /// After so many statements a connection is replaced.
    std::size_t max_queries = 50000; // NOLINT(*-magic-numbers)
    /// A connection that nobody used for so long is replaced when it is next asked for; nullopt: never.
    MaybeDelay max_inactive_connection_lifetime = std::chrono::seconds(300); // NOLINT(*-magic-numbers)
    /// Awaited with each connection that is opened.
    std::function<Coro<>(Connection)> init = {};
    /// Awaited with each connection before acquire() returns it.
    std::function<Coro<>(Connection)> setup = {};
    ConnectOptions connect = {};
};

/// Connections that tasks take turns to use. Copies share it.
class Pool {
public:
    /// Suspends while all connections are in use: the first to wait is the first to get one. Raises TimeoutError
    /// after `timeout`, InterfaceError if the pool is closed, and the errors of connect().
    /// `async_with(pool.acquire(), body)` releases the connection at the end.
    Coro<Connection> acquire(MaybeDelay timeout = std::nullopt);
    /// Gives it back; resets its session first, if it may have changed. The handle cannot be used any more.
    Coro<> release(Connection connection);

    // The same as of a connection that is acquired for the call.
    template <class... Args> Coro<std::string> execute(std::string sql, Args&&... args) {
        if constexpr (sizeof...(Args) == 0)
            return run_script(*this, std::move(sql));
        else
            return run_for_status(*this, std::move(sql), detail::parameters(std::forward<Args>(args)...));
    }
    template <std::ranges::input_range R> Coro<> executemany(std::string sql, R&& rows) {
        return run_many(*this, std::move(sql), detail::rows_of(std::forward<R>(rows)));
    }
    template <class T = Record, class... Args> Coro<std::vector<T>> fetch(std::string sql, Args&&... args) {
        return detail::all_of<T>(
            run(*this, std::move(sql), detail::parameters(std::forward<Args>(args)...), 0));
    }
    template <class T = Record, class... Args>
    Coro<std::optional<T>> fetchrow(std::string sql, Args&&... args) {
        return detail::first_of<T>(
            run(*this, std::move(sql), detail::parameters(std::forward<Args>(args)...), 1));
    }
    template <class T = Value, class... Args> Coro<T> fetchval(std::string sql, Args&&... args) {
        return detail::value_of<T>(
            run(*this, std::move(sql), detail::parameters(std::forward<Args>(args)...), 1));
    }
    template <std::ranges::input_range R>
    Coro<std::string> copy_records_to_table(std::string table, R&& records, CopyOptions options = {}) {
        return copy_rows(*this, std::move(table), detail::rows_of(std::forward<R>(records)),
                         std::move(options));
    }

    int get_size() const;
    int get_idle_size() const;
    int get_min_size() const;
    int get_max_size() const;
    bool is_closing() const;

    /// Waits until all connections are released, then closes them.
    Coro<> close();
    /// Ends all connections at once.
    void terminate();

    void aenter() const noexcept {}
    /// close(); terminate() if an error left the body.
    Coro<> aexit(const std::exception_ptr& error);

    /// For the library.
    explicit Pool(std::shared_ptr<detail::PoolState> state) : state_(std::move(state)) {}

private:
    static Coro<std::vector<Record>> run(Pool pool, std::string sql, Parameters parameters, int limit);
    static Coro<std::string> run_script(Pool pool, std::string sql);
    static Coro<std::string> run_for_status(Pool pool, std::string sql, Parameters parameters);
    static Coro<> run_many(Pool pool, std::string sql, std::vector<Parameters> rows);
    static Coro<std::string> copy_rows(Pool pool, std::string table, std::vector<Parameters> rows,
                                       CopyOptions options);

    std::shared_ptr<detail::PoolState> state_;
};

/// A pool of connections to the DSN, see connect(). `async_with(create_pool(dsn, {.max_size = 5}), body)` closes it at
/// the end. In the page all connections share one database process: their statements, and transactions as a whole,
/// run one after another.
Coro<Pool> create_pool(std::string dsn, PoolOptions options = {});
Coro<Pool> create_pool(PoolOptions options = {});

} // namespace asyncio::postgres
