#include "cursor_state.hpp"
#include "handle.hpp"
#include "run.hpp"
#include "types.hpp"

#include <asyncio/postgres/connection.hpp>
#include <asyncio/postgres/statement.hpp>

#include <utility>

namespace asyncio::postgres {
namespace detail {

class PreparedState {
public:
    PreparedState(std::shared_ptr<Handle> of, std::shared_ptr<const Statement> parsed)
        : handle(std::move(of)), statement(std::move(parsed)) {}
    PreparedState(const PreparedState&) = delete;
    PreparedState& operator=(const PreparedState&) = delete;
    ~PreparedState() {
        if (!handle->released) handle->session->drop(*statement);
    }

    std::shared_ptr<Handle> handle;
    std::shared_ptr<const Statement> statement;
    std::string status;
};

} // namespace detail

namespace {

using detail::PreparedState;
using detail::Session;

Coro<std::vector<Record>> run_prepared(std::shared_ptr<PreparedState> state, Parameters parameters,
                                       int limit) {
    const std::shared_ptr<Session> session = state->handle->in_use();
    const Session::Operation operation = co_await Session::begin(session);
    detail::require_parameters(parameters, *state->statement);
    detail::MessageWriter writer;
    detail::write_bind(writer, "", *state->statement, parameters);
    detail::write_execute(writer, "", limit);
    detail::write_sync(writer);
    detail::Reply reply = co_await Session::exchange(
        session, {.messages = writer.take(), .columns = state->statement->columns});
    state->status = std::move(reply.status);
    co_return std::move(reply.rows);
}

Coro<> run_prepared_many(std::shared_ptr<PreparedState> state, std::vector<Parameters> rows) {
    const std::shared_ptr<Session> session = state->handle->in_use();
    const Session::Operation operation = co_await Session::begin(session);
    if (!rows.empty()) co_await detail::run_for_rows(session, state->statement, std::move(rows));
}

Coro<PreparedStatement> prepare_on(std::shared_ptr<detail::Handle> handle, std::string sql) {
    const std::shared_ptr<Session> session = handle->in_use();
    const Session::Operation operation = co_await Session::begin(session);
    auto statement = co_await Session::parse(session, std::move(sql));
    co_return PreparedStatement(std::make_shared<PreparedState>(std::move(handle), std::move(statement)));
}

} // namespace

Coro<PreparedStatement> Connection::prepare(std::string sql) { return prepare_on(handle_, std::move(sql)); }

PreparedStatement::Running PreparedStatement::run(Parameters parameters, int limit) {
    return run_prepared(state_, std::move(parameters), limit);
}
Coro<> PreparedStatement::run_many(std::vector<Parameters> rows) {
    return run_prepared_many(state_, std::move(rows));
}
Cursor PreparedStatement::open_cursor(Parameters parameters) {
    return Cursor(std::make_shared<detail::CursorState>(state_->handle, state_, state_->statement,
                                                        std::move(parameters)));
}
const std::string& PreparedStatement::get_query() const { return state_->statement->sql; }
const std::string& PreparedStatement::get_statusmsg() const { return state_->status; }
std::vector<std::string> PreparedStatement::get_parameters() const {
    std::vector<std::string> names;
    for (const std::uint32_t type : state_->statement->parameters)
        names.push_back(detail::type_name_of(type));
    return names;
}
std::vector<std::string> PreparedStatement::get_attributes() const {
    const auto& columns = state_->statement->columns;
    return columns ? columns->names : std::vector<std::string>();
}

} // namespace asyncio::postgres
