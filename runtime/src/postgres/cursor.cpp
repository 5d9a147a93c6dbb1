#include "cursor_state.hpp"

#include "throw_error.hpp"

#include <asyncio/postgres/connection.hpp>
#include <asyncio/postgres/cursor.hpp>

#include <algorithm>
#include <format>
#include <iterator>
#include <limits>
#include <utility>

namespace asyncio::postgres {
namespace {

/// As in asyncpg.
constexpr std::size_t prefetch = 50;

std::string new_portal_name() {
    static thread_local std::size_t last = 0;
    return std::format("__asyncio_portal_{:x}__", ++last);
}

Coro<std::optional<Record>> next_of(std::shared_ptr<detail::CursorState> state) {
    std::vector<Record> rows = co_await detail::CursorState::take(std::move(state), 1, prefetch);
    if (rows.empty()) co_return std::nullopt;
    co_return std::move(rows.front());
}

Coro<std::size_t> skip(std::shared_ptr<detail::CursorState> state, std::size_t count) {
    co_return (co_await detail::CursorState::take(std::move(state), count, count)).size();
}

} // namespace

Cursor Connection::open_cursor(std::string sql, Parameters parameters) {
    return Cursor(std::make_shared<detail::CursorState>(handle_, std::move(sql), std::move(parameters)));
}

Coro<std::optional<Record>> Cursor::next() { return next_of(state_); }
Coro<std::vector<Record>> Cursor::fetch(std::size_t count) {
    return detail::CursorState::take(state_, count, count);
}
Coro<std::size_t> Cursor::forward(std::size_t count) { return skip(state_, count); }

namespace detail {

CursorState::CursorState(std::shared_ptr<Handle> handle, std::shared_ptr<void> keeps,
                         std::shared_ptr<const Statement> statement, Parameters parameters)
    : handle_(std::move(handle)), keeps_(std::move(keeps)), statement_(std::move(statement)),
      parameters_(std::move(parameters)) {}
CursorState::CursorState(std::shared_ptr<Handle> handle, std::string sql, Parameters parameters)
    : handle_(std::move(handle)), sql_(std::move(sql)), parameters_(std::move(parameters)) {}

Coro<> CursorState::read(std::shared_ptr<CursorState> self, std::size_t count) {
    const std::shared_ptr<Session> session = self->handle_->in_use();
    const Session::Operation operation = co_await Session::begin(session);
    if (session->transaction_status() == 'I')
        throw NoActiveSQLTransactionError({.severity = "ERROR",
                                           .sqlstate = "25P01",
                                           .message = "cursor cannot be created outside of a transaction"});
    MessageWriter writer;
    if (self->portal_.empty()) {
        if (!self->statement_) self->statement_ = co_await Session::statement(session, self->sql_);
        require_parameters(self->parameters_, *self->statement_);
        self->portal_ = new_portal_name();
        write_bind(writer, self->portal_, *self->statement_, self->parameters_);
    }
    constexpr std::size_t most = std::numeric_limits<std::int32_t>::max();
    write_execute(writer, self->portal_, static_cast<int>(std::min(count, most)));
    write_sync(writer);
    Reply reply = co_await Session::exchange(
        session, {.messages = writer.take(), .columns = self->statement_->columns});
    std::ranges::move(reply.rows, std::back_inserter(self->ahead_));
    self->at_end_ = !reply.suspended;
}

Coro<std::vector<Record>> CursorState::take(std::shared_ptr<CursorState> self, std::size_t count,
                                            std::size_t at_least) {
    if (self->ahead_.size() < count && !self->at_end_)
        co_await read(self, std::max(at_least, count) - self->ahead_.size());
    const auto end = self->ahead_.begin() + static_cast<std::ptrdiff_t>(std::min(count, self->ahead_.size()));
    std::vector<Record> rows(std::move_iterator(self->ahead_.begin()), std::move_iterator(end));
    self->ahead_.erase(self->ahead_.begin(), end);
    co_return rows;
}

} // namespace detail
} // namespace asyncio::postgres
