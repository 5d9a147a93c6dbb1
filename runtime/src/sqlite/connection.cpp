#include "cursor_state.hpp"
#include "database.hpp"

#include <asyncio/sqlite/connection.hpp>
#include <asyncio/sqlite/error.hpp>
#include <asyncio/sqlite/transaction.hpp>
#include <asyncio/task.hpp>

#include <string>
#include <utility>

namespace asyncio::sqlite {
namespace {

using detail::CursorState;
using detail::Database;

Coro<> execute_plainly(std::shared_ptr<Database> database, std::string sql) {
    co_await Database::run(database, [&sql, database = database.get()] {
        database->execute_plainly(sql.c_str());
        return true;
    });
}

/// COMMIT or ROLLBACK, if a transaction is open.
Coro<> end_transaction(std::shared_ptr<Database> database, const char* sql) {
    co_await Database::run(database, [sql, database = database.get()] {
        if (sqlite3_get_autocommit(database->handle()) == 0) database->execute_plainly(sql);
        return true;
    });
}

Coro<Cursor> run_statement(std::shared_ptr<Database> database, std::string sql, Parameters parameters) {
    const auto state = std::make_shared<CursorState>(database);
    co_await Database::run(database, [&sql, &parameters, cursor = state.get()] {
        cursor->execute(sql, parameters);
        return true;
    });
    co_return Cursor(state);
}

Coro<Cursor> run_for_each(std::shared_ptr<Database> database, std::string sql, std::vector<Parameters> sets) {
    const auto state = std::make_shared<CursorState>(database);
    co_await Database::run(database, [&sql, &sets, cursor = state.get()] {
        cursor->execute_many(sql, sets);
        return true;
    });
    co_return Cursor(state);
}

Coro<Cursor> run_script(std::shared_ptr<Database> database, std::string sql) {
    const auto state = std::make_shared<CursorState>(database);
    co_await Database::run(database, [&sql, database = database.get()] {
        database->execute_script(sql);
        return true;
    });
    co_return Cursor(state);
}

Coro<> copy(std::shared_ptr<Database> from, std::shared_ptr<Database> to, BackupOptions options) {
    co_await Database::run(from, [&] {
        sqlite3* const target = to->handle();
        sqlite3_backup* const backup = sqlite3_backup_init(target, "main", from->handle(), "main");
        if (backup == nullptr) detail::throw_error(sqlite3_errcode(target), target);
        int code = SQLITE_OK;
        do {
            code = sqlite3_backup_step(backup, options.pages);
            if (options.progress && (code == SQLITE_OK || code == SQLITE_DONE))
                options.progress(sqlite3_backup_remaining(backup), sqlite3_backup_pagecount(backup));
        } while (code == SQLITE_OK);
        const int end = sqlite3_backup_finish(backup);
        if (code != SQLITE_DONE) detail::throw_error(end == SQLITE_OK ? code : end, target);
        return true;
    });
}

Coro<> close_database(std::shared_ptr<Database> database) {
    co_await Database::run(database, [database = database.get()] {
        database->close();
        return true;
    });
}

Coro<Connection> open(std::string name, ConnectOptions options) {
    const auto database = std::make_shared<Database>(std::move(options));
    co_await Database::run(database, [&name, database = database.get()] {
        database->open(name);
        return true;
    });
    co_return Connection(database);
}

} // namespace

Coro<Connection> connect(std::string database, ConnectOptions options) {
    return open(std::move(database), std::move(options));
}

Coro<Cursor> Connection::execute(std::string sql, std::initializer_list<Value> values) {
    return run(std::move(sql), Parameters(values));
}
Coro<Cursor> Connection::execute(std::string sql,
                                 std::initializer_list<std::pair<std::string, Value>> named) {
    return run(std::move(sql), Parameters({}, Named(named)));
}
Coro<Cursor> Connection::run(std::string sql, Parameters parameters) {
    return run_statement(database_, std::move(sql), std::move(parameters));
}
Coro<Cursor> Connection::run_many(std::string sql, std::vector<Parameters> sets) {
    return run_for_each(database_, std::move(sql), std::move(sets));
}
Coro<Cursor> Connection::executescript(std::string sql) { return run_script(database_, std::move(sql)); }
Coro<> Connection::commit() { return end_transaction(database_, "COMMIT"); }
Coro<> Connection::rollback() { return end_transaction(database_, "ROLLBACK"); }
bool Connection::in_transaction() const { return database_->in_transaction(); }
std::int64_t Connection::total_changes() const { return database_->total_changes(); }
Coro<> Connection::backup(Connection target, BackupOptions options) {
    return copy(database_, target.database_, std::move(options));
}
void Connection::interrupt() { database_->interrupt(); }
Coro<> Connection::close() { return close_database(database_); }
sqlite3* Connection::handle() const { return database_->handle(); }
Transaction Connection::transaction(std::string kind) { return {*this, std::move(kind)}; }

Coro<> Transaction::aenter() {
    Database& database = *connection_.database_;
    const void* const task = current_task().ref().get();
    if (database.transaction_depth > 0 && database.transaction_owner != task)
        throw OperationalError(
            "another task has a transaction open on this connection: give each task a connection of its own");
    // Before the first await, so that no other task can come between.
    depth_ = database.transaction_depth++;
    database.transaction_owner = task;
    try {
        const std::string sql =
            depth_ == 0 ? "BEGIN " + kind_ : "SAVEPOINT asyncio_" + std::to_string(depth_);
        co_await execute_plainly(connection_.database_, sql);
    } catch (...) {
        database.transaction_depth = depth_;
        throw;
    }
}

Coro<> Transaction::aexit(std::exception_ptr error) {
    Database& database = *connection_.database_;
    struct Leave {
        Database& database;
        int depth;
        ~Leave() { database.transaction_depth = depth; }
    } const leave{database, depth_};
    const std::string savepoint = "asyncio_" + std::to_string(depth_);
    if (!error) {
        co_await execute_plainly(connection_.database_, depth_ == 0 ? "COMMIT" : "RELEASE " + savepoint);
    } else if (database.in_transaction()) {
        // Some errors, such as a full disk, have rolled it back already.
        co_await execute_plainly(connection_.database_,
                                 depth_ == 0 ? "ROLLBACK"
                                             : "ROLLBACK TO " + savepoint + "; RELEASE " + savepoint);
    }
}

} // namespace asyncio::sqlite
