#include "handle.hpp"
#include "options.hpp"
#include "run.hpp"

#include <asyncio/async_with.hpp>
#include <asyncio/postgres/connection.hpp>
#include <asyncio/timeout.hpp>

#include <utility>

namespace asyncio::postgres {
namespace {

using detail::Handle;
using detail::Session;

Coro<Connection> open_connection_to(ConnectOptions given, std::string dsn) {
    ConnectOptions options = detail::complete(std::move(given), dsn);
    const MaybeDelay longest = options.timeout;
    const auto open = [&]() -> Coro<std::shared_ptr<Session>> { co_return co_await Session::open(options); };
    co_return Connection(std::make_shared<Handle>(co_await async_with(timeout(longest), open)));
}

Coro<std::vector<Record>> rows_of_query(std::shared_ptr<Session> session, std::string sql,
                                        Parameters parameters, int limit) {
    detail::Reply reply = co_await Session::query(session, std::move(sql), std::move(parameters), limit);
    co_return std::move(reply.rows);
}

Coro<std::string> status_of_query(std::shared_ptr<Session> session, std::string sql, Parameters parameters) {
    detail::Reply reply = co_await Session::query(session, std::move(sql), std::move(parameters), 0);
    co_return std::move(reply.status);
}

Coro<std::string> status_of_script(std::shared_ptr<Session> session, std::string sql) {
    detail::Reply reply = co_await Session::script(session, std::move(sql));
    co_return std::move(reply.status);
}

Coro<> many(std::shared_ptr<Session> session, std::string sql, std::vector<Parameters> rows) {
    const Session::Operation operation = co_await Session::begin(session);
    if (rows.empty()) co_return;
    const auto statement = co_await Session::statement(session, std::move(sql));
    co_await detail::run_for_rows(session, statement, std::move(rows));
}

std::string copy_statement(const std::string& table, const CopyOptions& options) {
    std::string sql = "COPY ";
    if (!options.schema_name.empty()) sql += detail::quoted(options.schema_name) + ".";
    sql += detail::quoted(table);
    for (const std::string& column : options.columns)
        sql += (&column == &options.columns.front() ? " (" : ", ") + detail::quoted(column);
    return sql + (options.columns.empty() ? "" : ")") + " FROM STDIN";
}

Coro<std::string> copy(std::shared_ptr<Session> session, std::string table, std::vector<Parameters> rows,
                       CopyOptions options) {
    const Session::Operation operation = co_await Session::begin(session);
    co_return co_await detail::copy_rows(session, copy_statement(table, options), std::move(rows));
}

Coro<> end(std::shared_ptr<Handle> handle) {
    if (handle->pool)
        co_await detail::give_back(handle);
    else
        co_await Session::close(handle->session);
}

} // namespace

Coro<Connection> connect(std::string dsn, ConnectOptions options) {
    return open_connection_to(std::move(options), std::move(dsn));
}
Coro<Connection> connect(ConnectOptions options) { return open_connection_to(std::move(options), {}); }

Connection::Running Connection::run(std::string sql, Parameters parameters, int limit) {
    return rows_of_query(handle_->in_use(), std::move(sql), std::move(parameters), limit);
}
Coro<std::string> Connection::run_script(std::string sql) {
    return status_of_script(handle_->in_use(), std::move(sql));
}
Coro<std::string> Connection::run_for_status(std::string sql, Parameters parameters) {
    return status_of_query(handle_->in_use(), std::move(sql), std::move(parameters));
}
Coro<> Connection::run_many(std::string sql, std::vector<Parameters> rows) {
    return many(handle_->in_use(), std::move(sql), std::move(rows));
}
Coro<std::string> Connection::copy_rows(std::string table, std::vector<Parameters> rows,
                                        CopyOptions options) {
    return copy(handle_->in_use(), std::move(table), std::move(rows), std::move(options));
}
Transaction Connection::transaction(TransactionOptions options) { return {handle_, std::move(options)}; }
bool Connection::is_in_transaction() const { return handle_->in_use()->transaction_status() != 'I'; }
void Connection::add_log_listener(std::function<void(const ErrorFields&)> callback) {
    handle_->in_use()->log_listeners.push_back(std::move(callback));
}
std::int32_t Connection::get_server_pid() const { return handle_->in_use()->pid(); }
std::string Connection::get_server_version() const {
    const auto& settings = handle_->in_use()->settings();
    const auto found = settings.find("server_version");
    return found == settings.end() ? "" : found->second;
}
std::map<std::string, std::string> Connection::get_settings() const { return handle_->in_use()->settings(); }
Coro<> Connection::reset() { return Session::reset(handle_->in_use(), true); }
Coro<> Connection::close() { return end(handle_); }
void Connection::terminate() { handle_->in_use()->terminate(); }
bool Connection::is_closed() const { return handle_->released || handle_->session->is_closed(); }
Coro<> Connection::aexit(const std::exception_ptr&) { return end(handle_); }

} // namespace asyncio::postgres
