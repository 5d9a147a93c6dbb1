#include "cursor_state.hpp"

#include <asyncio/sqlite/cursor.hpp>
#include <asyncio/sqlite/error.hpp>

#include <algorithm>
#include <limits>

namespace asyncio::sqlite {
namespace {

/// Rows that one step to the thread reads, for a loop over next().
constexpr std::size_t read_at_once = 64;

constexpr std::size_t all = std::numeric_limits<std::size_t>::max();

Coro<std::vector<Row>> read(std::shared_ptr<detail::CursorState> state, std::size_t count,
                            std::size_t at_least) {
    if (!state->has_ahead(count)) {
        co_await detail::Database::run(state->database(),
                                       [cursor = state.get(), at_least] { cursor->read_ahead(at_least); });
    }
    co_return state->take(count);
}

Coro<std::optional<Row>> read_one(std::shared_ptr<detail::CursorState> state) {
    std::vector<Row> rows = co_await read(std::move(state), 1, read_at_once);
    if (rows.empty()) co_return std::nullopt;
    co_return std::move(rows.front());
}

Coro<> close_cursor(std::shared_ptr<detail::CursorState> state) {
    co_await detail::Database::run(state->database(), [cursor = state.get()] { cursor->close(); });
}

} // namespace

Coro<std::optional<Row>> Cursor::next() { return read_one(state_); }
Coro<std::vector<Row>> Cursor::fetchmany(std::size_t count) { return read(state_, count, count); }
Coro<std::vector<Row>> Cursor::fetchall() { return read(state_, all, all); }
std::int64_t Cursor::rowcount() const { return state_->rowcount(); }
std::optional<std::int64_t> Cursor::lastrowid() const { return state_->lastrowid(); }
const Row::Columns& Cursor::columns() const { return state_->columns(); }
Coro<> Cursor::close() { return close_cursor(state_); }

namespace detail {

void CursorState::execute(const std::string& sql, const Parameters& parameters) {
    parameters_ = parameters;
    Statement statement = database_->take_statement(sql);
    statement.bind(parameters_);
    database_->begin_before(statement);
    columns_ = std::make_shared<const Row::Columns>(statement.columns());
    statement_ = std::move(statement);
    at_end_ = false;
    if (statement_.step())
        store_row();
    else
        at_end_ = true;
    if (statement_.changes_rows()) {
        rowcount_ = sqlite3_changes64(database_->handle());
        lastrowid_ = sqlite3_last_insert_rowid(database_->handle());
    }
    if (at_end_) finish();
}

void CursorState::execute_many(const std::string& sql, const std::vector<Parameters>& sets) {
    if (!statement_) {
        statement_ = database_->take_statement(sql);
        if (!statement_.changes_rows())
            throw ProgrammingError("executemany() can only execute DML statements.");
        rowcount_ = 0;
    }
    database_->begin_before(statement_);
    for (; sets_done_ < sets.size(); ++sets_done_) {
        statement_.bind(sets[sets_done_]);
        while (statement_.step()) {
        }
        rowcount_ += sqlite3_changes64(database_->handle());
        statement_.reset();
    }
    lastrowid_ = sqlite3_last_insert_rowid(database_->handle());
    finish();
}

void CursorState::read_ahead(std::size_t count) {
    static_cast<void>(database_->handle());
    while (!at_end_ && ahead_.size() < count) {
        if (statement_.step())
            store_row();
        else
            at_end_ = true;
    }
    if (at_end_) finish();
}

void CursorState::close() noexcept {
    ahead_.clear();
    at_end_ = true;
    finish();
}

std::vector<Row> CursorState::take(std::size_t count) {
    const auto end = ahead_.begin() + static_cast<std::ptrdiff_t>(std::min(count, ahead_.size()));
    std::vector<Row> rows(std::move_iterator(ahead_.begin()), std::move_iterator(end));
    ahead_.erase(ahead_.begin(), end);
    return rows;
}

void CursorState::store_row() { ahead_.emplace_back(columns_, statement_.row()); }

void CursorState::finish() noexcept { database_->give_back(std::exchange(statement_, Statement())); }

} // namespace detail
} // namespace asyncio::sqlite
