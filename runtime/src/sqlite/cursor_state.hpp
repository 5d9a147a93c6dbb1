#pragma once

#include "database.hpp"

#include <asyncio/sqlite/cursor.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace asyncio::sqlite::detail {

/// What the copies of a cursor share. What calls SQLite is to be called in Database::run().
class CursorState {
public:
    explicit CursorState(std::shared_ptr<Database> database) : database_(std::move(database)) {}
    CursorState(const CursorState&) = delete;
    CursorState& operator=(const CursorState&) = delete;
    ~CursorState() { database_->give_back_later(std::move(statement_)); }

    const std::shared_ptr<Database>& database() const noexcept { return database_; }

    /// Runs the statement up to its first row. After the error of a locked database it may be called again.
    void execute(const std::string& sql, const Parameters& parameters);
    /// Runs it for each of the sets from the first on that was not run yet.
    void execute_many(const std::string& sql, const std::vector<Parameters>& sets);
    /// Makes at least `count` rows available if there are so many, unless the cursor is closed.
    void read_ahead(std::size_t count);
    void close() noexcept;

    // On the loop.
    bool has_ahead(std::size_t count) const noexcept { return at_end_ || ahead_.size() >= count; }
    std::vector<Row> take(std::size_t count);
    std::int64_t rowcount() const noexcept { return rowcount_; }
    std::optional<std::int64_t> lastrowid() const noexcept { return lastrowid_; }
    const Row::Columns& columns() const noexcept { return *columns_; }

private:
    void store_row();
    void finish() noexcept;

    std::shared_ptr<Database> database_;
    Statement statement_;
    /// The statement refers to them.
    Parameters parameters_;
    std::shared_ptr<const Row::Columns> columns_ = std::make_shared<const Row::Columns>();
    std::deque<Row> ahead_;
    std::size_t sets_done_ = 0;
    std::int64_t rowcount_ = -1;
    std::optional<std::int64_t> lastrowid_;
    bool at_end_ = true;
};

} // namespace asyncio::sqlite::detail
