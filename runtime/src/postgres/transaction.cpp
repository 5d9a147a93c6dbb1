#include "handle.hpp"

#include <asyncio/error.hpp>
#include <asyncio/postgres/transaction.hpp>

#include <algorithm>
#include <format>
#include <utility>

namespace asyncio::postgres {

struct Transaction::State {
    enum class Phase : std::uint8_t { created, started, ended };

    std::shared_ptr<detail::Handle> handle;
    TransactionOptions options;
    Phase phase = Phase::created;
    /// Empty: the outermost.
    std::string savepoint = {};
};

namespace {

using detail::Session;

std::string begin_statement(const TransactionOptions& options) {
    std::string sql = "BEGIN";
    if (options.isolation) {
        std::string level = *options.isolation;
        std::ranges::replace(level, '_', ' ');
        constexpr std::array<std::string_view, 4> levels = {"serializable", "repeatable read",
                                                            "read committed", "read uncommitted"};
        if (std::ranges::find(levels, level) == levels.end())
            throw ValueError(
                std::format("isolation is 'serializable', 'repeatable_read', 'read_committed' or "
                            "'read_uncommitted', not '{}'",
                            *options.isolation));
        sql += " ISOLATION LEVEL " + level;
    }
    if (options.readonly) sql += " READ ONLY";
    if (options.deferrable) sql += " DEFERRABLE";
    return sql;
}

} // namespace

Transaction::Transaction(std::shared_ptr<detail::Handle> connection, TransactionOptions options)
    : state_(std::make_shared<State>(State{.handle = std::move(connection), .options = std::move(options)})) {
}

Coro<> Transaction::start() {
    return [](std::shared_ptr<State> state) -> Coro<> {
        if (state->phase != State::Phase::created)
            throw InterfaceError("cannot start; the transaction is already started");
        const std::shared_ptr<Session> session = state->handle->in_use();
        std::string sql = begin_statement(state->options);
        if (session->transaction_depth > 0) {
            state->savepoint = std::format("__asyncio_savepoint_{:x}__", ++session->savepoints);
            sql = "SAVEPOINT " + state->savepoint;
        } else if (session->transaction_status() != 'I') {
            throw InterfaceError("cannot use Connection.transaction() in a manually started transaction");
        }
        co_await Session::script(session, sql);
        state->phase = State::Phase::started;
        ++session->transaction_depth;
    }(state_);
}

namespace {

/// Ends a transaction by one statement.
template <class State> Coro<> end_by(std::shared_ptr<State> state, std::string sql) {
    if (state->phase != State::Phase::started)
        throw InterfaceError("cannot end; the transaction is not active");
    const std::shared_ptr<Session> session = state->handle->in_use();
    state->phase = State::Phase::ended;
    session->transaction_depth = std::max(session->transaction_depth - 1, 0);
    co_await Session::script(session, sql);
}

} // namespace

Coro<> Transaction::commit() {
    return end_by(state_, state_->savepoint.empty() ? "COMMIT" : "RELEASE SAVEPOINT " + state_->savepoint);
}
Coro<> Transaction::rollback() {
    return end_by(state_, state_->savepoint.empty() ? "ROLLBACK" : "ROLLBACK TO " + state_->savepoint);
}

Coro<> Transaction::aexit(const std::exception_ptr& error) {
    return [](Transaction self, bool failed) -> Coro<> {
        const State& state = *self.state_;
        if (state.phase != State::Phase::started) co_return; // the body has ended it
        if (failed && (state.handle->released || state.handle->session->is_closed())) co_return;
        if (failed)
            co_await self.rollback();
        else
            co_await self.commit();
    }(*this, static_cast<bool>(error));
}

} // namespace asyncio::postgres
