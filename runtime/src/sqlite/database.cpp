#include "database.hpp"

#include <asyncio/sqlite/error.hpp>

#include <algorithm>
#include <utility>

namespace asyncio::sqlite::detail {

Database::Remember::~Remember() {
    sqlite3* const handle = database_.handle_;
    database_.in_transaction_ = handle != nullptr && sqlite3_get_autocommit(handle) == 0;
    if (handle != nullptr) database_.total_changes_ = sqlite3_total_changes64(handle);
}

Database::~Database() {
    thread_.shutdown();
    close();
}

void Database::open(const std::string& name) {
    sqlite3* opened = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX |
                      (options_.uri ? SQLITE_OPEN_URI : 0);
    const int code = sqlite3_open_v2(name.c_str(), &opened, flags, nullptr);
    if (code != SQLITE_OK) {
        try {
            throw_error(code, opened);
        } catch (...) {
            sqlite3_close_v2(opened);
            throw;
        }
    }
    sqlite3_extended_result_codes(opened, 1);
    // On the loop nobody could release the lock meanwhile: run_on_loop() waits for it.
    if (has_threads) sqlite3_busy_timeout(opened, static_cast<int>(options_.timeout.count()));
    handle_ = opened;
}

void Database::close() noexcept {
    kept_.clear();
    // Statements of open cursors keep the connection until they are finalized.
    sqlite3* handle = nullptr;
    {
        const std::scoped_lock lock(closing_);
        handle = handle_.exchange(nullptr);
    }
    if (handle != nullptr) {
        if (sqlite3_get_autocommit(handle) == 0) sqlite3_exec(handle, "ROLLBACK", nullptr, nullptr, nullptr);
        sqlite3_close_v2(handle);
    }
}

void Database::interrupt() noexcept {
    const std::scoped_lock lock(closing_);
    if (sqlite3* const handle = handle_) sqlite3_interrupt(handle);
}

sqlite3* Database::handle() const {
    sqlite3* const handle = handle_;
    if (handle == nullptr) throw ProgrammingError("Cannot operate on a closed database.");
    return handle;
}

Statement Database::take_statement(const std::string& sql) {
    sqlite3* const open = handle();
    const auto found = std::ranges::find(kept_, sql, &Statement::sql);
    if (found == kept_.end()) return {open, sql};
    Statement statement = std::move(*found);
    kept_.erase(found);
    return statement;
}

void Database::give_back(Statement statement) noexcept {
    if (!statement) return;
    statement.reset();
    if (handle_.load() == nullptr || options_.cached_statements <= 0) return;
    kept_.push_front(std::move(statement));
    if (std::cmp_greater(kept_.size(), options_.cached_statements)) kept_.pop_back();
}

void Database::give_back_later(Statement statement) noexcept {
    if (!statement) return;
    if constexpr (!has_threads) {
        give_back(std::move(statement));
    } else {
        try {
            static_cast<void>(thread_.submit([this, kept = std::make_shared<Statement>(std::move(
                                                        statement))] { give_back(std::move(*kept)); }));
        } catch (
            const RuntimeError&) { // NOLINT(bugprone-empty-catch): the thread has ended, the statement ends here
        }
    }
}

void Database::begin_before(const Statement& statement) {
    if (!options_.isolation_level || !statement.changes_rows() || sqlite3_get_autocommit(handle()) == 0)
        return;
    execute_plainly(("BEGIN " + *options_.isolation_level).c_str());
}

void Database::execute_plainly(const char* sql) {
    check(sqlite3_exec(handle(), sql, nullptr, nullptr, nullptr), handle());
}

void Database::execute_script(const std::string& sql) {
    if (sql.find('\0') != std::string::npos) throw ProgrammingError("the script contains a null character");
    if (sqlite3_get_autocommit(handle()) == 0) execute_plainly("COMMIT");
    execute_plainly(sql.c_str());
}

} // namespace asyncio::sqlite::detail
