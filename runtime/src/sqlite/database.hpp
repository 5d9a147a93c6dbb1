#pragma once

#include "operation.hpp"
#include "statement.hpp"

#include <asyncio/coro.hpp>
#include <asyncio/sqlite/connection.hpp>
#include <asyncio/thread_pool_executor.hpp>

#include <sqlite3.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <type_traits>
#include <utility>

namespace asyncio::sqlite::detail {

/// The state of a connection. What calls SQLite goes through run(), one call after another.
class Database {
public:
    explicit Database(ConnectOptions options) : options_(std::move(options)) {}
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database();

    /// Calls `function` where the statements run. If that raises the error of a locked database, waits and calls it again
    /// until the timeout passes. Cancelled, it interrupts the statement and waits for its end.
    template <class F> static Coro<std::invoke_result_t<F&>> run(std::shared_ptr<Database> self, F function) {
        auto remembering = [database = self.get(), function = std::move(function)]() mutable {
            const Remember remember(*database);
            return function();
        };
        if constexpr (has_threads)
            co_return co_await run_on_thread(*self, std::move(remembering));
        else
            co_return co_await run_on_loop(*self, std::move(remembering));
    }

    ThreadPoolExecutor& thread() noexcept { return thread_; }
    std::chrono::milliseconds timeout() const noexcept { return options_.timeout; }
    /// May be called at any time, on any thread.
    void interrupt() noexcept;
    /// Raises ProgrammingError after close().
    sqlite3* handle() const;
    /// A statement that is no longer used, from any thread.
    void give_back_later(Statement statement) noexcept;

    // To be called in run().
    void open(const std::string& name);
    void close() noexcept;
    Statement take_statement(const std::string& sql);
    void give_back(Statement statement) noexcept;
    /// Begins a transaction if `statement` changes rows, there is none, and the options ask for it.
    void begin_before(const Statement& statement);
    void execute_plainly(const char* sql);
    void execute_script(const std::string& sql);

    /// As of the last statement.
    bool in_transaction() const noexcept { return in_transaction_; }
    std::int64_t total_changes() const noexcept { return total_changes_; }

    /// Used on the loop only: the task whose Transaction is open, and how deeply they are nested.
    const void* transaction_owner = nullptr;
    int transaction_depth = 0;

private:
    class Remember {
    public:
        explicit Remember(Database& database) noexcept : database_(database) {}
        Remember(const Remember&) = delete;
        Remember& operator=(const Remember&) = delete;
        ~Remember();

    private:
        Database& database_;
    };

    ConnectOptions options_;
    std::atomic<sqlite3*> handle_ = nullptr;
    /// Held while another thread uses the handle, which must not be closed meanwhile.
    std::mutex closing_;
    std::atomic<bool> in_transaction_ = false;
    std::atomic<std::int64_t> total_changes_ = 0;
    /// Unused statements, the most recently used first.
    std::list<Statement> kept_;
    ThreadPoolExecutor thread_{1};
};

} // namespace asyncio::sqlite::detail
