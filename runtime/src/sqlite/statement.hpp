#pragma once

#include <asyncio/sqlite/parameters.hpp>
#include <asyncio/sqlite/row.hpp>
#include <asyncio/sqlite/value.hpp>

#include <sqlite3.h>

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace asyncio::sqlite::detail {

/// Raises the error of a result code, with the connection's message if there is one.
[[noreturn]] void throw_error(int code, sqlite3* handle);
inline void check(int code, sqlite3* handle) {
    if (code != SQLITE_OK) [[unlikely]]
        throw_error(code, handle);
}

struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};

/// A prepared statement. Its methods call SQLite.
class Statement {
public:
    Statement() = default;
    /// Raises ProgrammingError if `sql` holds more than one statement.
    Statement(sqlite3* handle, const std::string& sql);

    const std::string& sql() const noexcept { return sql_; }
    explicit operator bool() const noexcept { return statement_ != nullptr; }
    /// INSERT, UPDATE, DELETE or REPLACE.
    bool changes_rows() const noexcept { return changes_rows_; }

    /// The texts and bytes are not copied: they must live until reset(). Raises ProgrammingError for a wrong number
    /// of values or a missing name.
    void bind(const Parameters& parameters);
    /// Returns whether there is a row.
    bool step();
    void reset() noexcept;
    std::vector<std::string> columns() const;
    std::vector<Value> row() const;

private:
    void bind(int index, const Value& value);
    sqlite3* connection() const noexcept { return sqlite3_db_handle(statement_.get()); }

    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    std::string sql_;
    bool changes_rows_ = false;
};

Value value_of(sqlite3_value* value);

} // namespace asyncio::sqlite::detail
