#include "session.hpp"

#include "throw_error.hpp"

#include <asyncio/async_with.hpp>
#include <asyncio/error.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/timeout.hpp>
#include <asyncio/wait.hpp>

#include <algorithm>
#include <array>
#include <format>
#include <utility>

namespace asyncio::postgres::detail {
namespace {

constexpr std::int32_t protocol_version = 3 << 16;
constexpr std::int32_t cancel_request = (1234 << 16) | 5678;
constexpr std::chrono::seconds longest_cancel{5};

std::string startup_message(const ConnectOptions& options) {
    MessageWriter writer;
    writer.begin(0).int32(protocol_version);
    const auto setting = [&](std::string_view name, std::string_view value) {
        writer.text(name).text(value);
    };
    setting("user", options.user);
    setting("database", options.database);
    setting("client_encoding", "UTF8");
    // What read_time.cpp reads.
    setting("DateStyle", "ISO");
    setting("IntervalStyle", "postgres");
    for (const auto& [name, value] : options.server_settings) setting(name, value);
    writer.byte('\0').end();
    return writer.take();
}

std::exception_ptr connection_lost() {
    return std::make_exception_ptr(
        ConnectionDoesNotExistError({.severity = "FATAL",
                                     .sqlstate = "08003",
                                     .message = "connection was closed in the middle of operation"}));
}

std::exception_ptr error_of(const ErrorFields& fields) {
    try {
        throw_error(fields);
    } catch (...) {
        return std::current_exception();
    }
}

ErrorFields read_fields(MessageReader reader) {
    ErrorFields fields;
    for (char kind = reader.byte(); kind != '\0'; kind = reader.byte()) {
        std::string text = reader.text();
        switch (kind) {
        case 'S': fields.severity = std::move(text); break;
        case 'C': fields.sqlstate = std::move(text); break;
        case 'M': fields.message = std::move(text); break;
        case 'D': fields.detail = std::move(text); break;
        case 'H': fields.hint = std::move(text); break;
        case 'P':
            fields.position = std::atoi(text.c_str());
            break; // NOLINT(cert-err34-c): 0 for what is no number
        case 'W': fields.context = std::move(text); break;
        case 's': fields.schema_name = std::move(text); break;
        case 't': fields.table_name = std::move(text); break;
        case 'c': fields.column_name = std::move(text); break;
        case 'd': fields.data_type_name = std::move(text); break;
        case 'n': fields.constraint_name = std::move(text); break;
        case 'R': fields.routine = std::move(text); break;
        default: break; // fields of later versions
        }
    }
    return fields;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Statements after which a session is as before. The others may have set, declared, listened.
bool leaves_session_alone(std::string_view status) {
    constexpr std::array<std::string_view, 12> words = {"SELECT",   "INSERT", "UPDATE", "DELETE",
                                                        "MERGE",    "COPY",   "BEGIN",  "COMMIT",
                                                        "ROLLBACK", "CREATE", "DROP",   "SAVEPOINT"};
    return std::ranges::any_of(words, [&](std::string_view word) { return status.starts_with(word); });
}

/// What changes the session without a status that says so.
bool may_change_session(std::string_view sql) {
    constexpr std::array<std::string_view, 4> words = {"set_config", "advisory", "temp", "call"};
    const auto same = [](char a, char b) { return lower(a) == b; };
    return std::ranges::any_of(
        words, [&](std::string_view word) { return !std::ranges::search(sql, word, same).empty(); });
}

std::string new_statement_name() {
    // Unique in the program: the connections of a page share one process of the database.
    static thread_local std::size_t last = 0;
    return std::format("__asyncio_stmt_{:x}__", ++last);
}

} // namespace

Session::Session(ConnectOptions options) : options_(std::move(options)) {}
Session::~Session() = default;

Coro<std::shared_ptr<Session>> Session::open(ConnectOptions options) {
    const auto session = std::make_shared<Session>(std::move(options));
    session->channel_ = co_await open_channel(session->options_.host, *session->options_.port);
    session->authentication_.emplace(session->options_.user, session->options_.password);
    session->pump_ = create_task(pump(session), std::format("postgres {}", session->options_.host));
    std::exception_ptr error;
    try {
        co_await exchange(session, {.messages = startup_message(session->options_), .columns = nullptr});
    } catch (...) {
        error = std::current_exception();
    }
    session->authentication_.reset();
    if (!error) co_return session;
    session->terminate();
    std::rethrow_exception(error);
}

Session::Operation::Operation(std::shared_ptr<Session> session) : session_(std::move(session)) {
    session_->in_use_ = true;
}
Session::Operation::~Operation() {
    if (session_) session_->in_use_ = false;
}

void Session::require_open() const {
    if (!closed_) return;
    if (lost_by_) std::rethrow_exception(lost_by_);
    throw InterfaceError("connection is closed");
}

Coro<Session::Operation> Session::begin(std::shared_ptr<Session> self) {
    self->require_open();
    if (self->in_use_) throw InterfaceError("cannot perform operation: another operation is in progress");
    Operation operation(self);
    while (self->draining_) co_await self->drained_.wait();
    self->require_open();
    co_return operation;
}

Coro<Reply> Session::exchange(std::shared_ptr<Session> self, Exchange sent) {
    self->require_open();
    self->reply_ = Reply();
    self->reply_.columns = sent.columns;
    self->keeps_rows_ = sent.keeps_rows;
    self->copies_ = static_cast<bool>(sent.more);
    self->exchanging_ = true;
    self->server_ready_.clear();
    const Future<> done;
    self->waiter_ = done;
    ++self->queries_;
    try {
        self->channel_->write(std::exchange(self->endings_, {}) + sent.messages);
        if (self->options_.command_timeout && !self->authentication_)
            co_await async_with(timeout(self->options_.command_timeout),
                                [&] { return wait_for_reply(self, done, sent); });
        else
            co_await wait_for_reply(self, done, sent);
    } catch (...) {
        self->waiter_.reset();
        // A connection that is not open yet is ended by open().
        if (self->exchanging_ && !self->closed_ && !self->authentication_) {
            self->channel_->write(sent.tail_when_given_up);
            self->give_up();
        }
        throw;
    }
    Reply reply = std::exchange(self->reply_, Reply());
    if (reply.error) std::rethrow_exception(reply.error);
    co_return reply;
}

Coro<> Session::wait_for_reply(std::shared_ptr<Session> self, Future<> done, Exchange& sent) {
    while (sent.more && !self->reply_.error && !done.done()) {
        const std::optional<std::string> part = sent.more();
        if (!part) break;
        self->channel_->write(*part);
        try {
            co_await self->channel_->drain();
        } catch (const OSError&) { // NOLINT(bugprone-empty-catch): the task that reads reports the loss
        }
    }
    if (!sent.tail.empty()) {
        sent.tail_when_given_up.clear();
        self->channel_->write(sent.tail);
    }
    co_await done;
}

void Session::give_up() {
    draining_ = true;
    drained_.clear();
    static_cast<void>(create_task(cancel_on_server(shared_from_this()), "postgres cancel"));
}

Coro<> Session::cancel_on_server(std::shared_ptr<Session> self) {
    const auto request = [&]() -> Coro<> {
        const std::unique_ptr<Channel> channel =
            co_await open_channel(self->options_.host, *self->options_.port);
        MessageWriter writer;
        writer.begin(0).int32(cancel_request).int32(self->pid_).int32(self->key_).end();
        channel->write(writer.take());
        // The server closes the connection when it has told the statement's process.
        while (!(co_await channel->read()).empty()) {
        }
        channel->close();
    };
    try {
        co_await async_with(timeout(longest_cancel), request);
    } catch (const asyncio::Error&) { // NOLINT(bugprone-empty-catch): the statement then ends by itself
    }
    if (!self->closed_) co_await self->server_ready_.wait();
    self->draining_ = false;
    self->drained_.set();
}

Coro<> Session::pump(std::shared_ptr<Session> self) {
    std::exception_ptr error;
    try {
        for (;;) {
            const std::string bytes = co_await self->channel_->read();
            if (bytes.empty()) break;
            self->splitter_.feed(bytes);
            while (const std::optional<Message> message = self->splitter_.next()) self->receive(*message);
        }
    } catch (const ProtocolError&) {
        error = std::current_exception();
    } catch (const InterfaceError&) {
        error = std::current_exception();
    } catch (
        const OSError&) { // NOLINT(bugprone-empty-catch): the connection is lost, as if the server closed it
    }
    self->lost(error, false);
}

void Session::lost(const std::exception_ptr& error, bool by_program) noexcept {
    if (std::exchange(closed_, true)) return;
    if (channel_) channel_->abort();
    std::exception_ptr why = error ? error : reply_.error;
    if (!why && !by_program) why = connection_lost();
    if (!by_program) lost_by_ = why;
    exchanging_ = false;
    if (waiter_ && !waiter_->done())
        waiter_->set_exception(why ? why : std::make_exception_ptr(InterfaceError("connection was closed")));
    waiter_.reset();
    server_ready_.set();
    drained_.set();
    draining_ = false;
    end_listening(by_program ? nullptr : why);
}

void Session::end_listening(const std::exception_ptr& error) {
    for (auto& [channel, each] : std::exchange(listeners, {}))
        for (const Listening& listening : each)
            if (listening.ended) listening.ended(error);
}

void Session::terminate() noexcept {
    lost(nullptr, true);
    if (pump_ && !pump_->done()) pump_->cancel();
}

Coro<> Session::close(std::shared_ptr<Session> self) {
    if (self->closed_) co_return;
    const Operation operation = co_await begin(self);
    MessageWriter writer;
    writer.begin('X').end();
    self->channel_->write(writer.take());
    self->channel_->close();
    const Task<> pump = *self->pump_;
    // The connection's own end is no loss.
    self->lost_by_ = nullptr;
    self->closed_ = true;
    self->end_listening(nullptr);
    co_await wait(std::vector{pump}, {.timeout = longest_cancel.count()});
    self->channel_->abort();
    if (!pump.done()) pump.cancel();
}

bool Session::receive_any_time(const Message& message) {
    MessageReader reader(message);
    switch (message.type) {
    case 'S': {
        std::string name = reader.text();
        settings_[std::move(name)] = reader.text();
        return true;
    }
    case 'N': warn(read_fields(reader)); return true;
    case 'A': notify(reader); return true;
    case 'E': {
        const std::exception_ptr error = error_of(read_fields(reader));
        if (!reply_.error) reply_.error = error;
        return true;
    }
    default: return false;
    }
}

void Session::receive(const Message& message) {
    if (receive_any_time(message)) return;
    if (!exchanging_)
        throw ProtocolError(
            std::format("the server sent a message '{}' that was not asked for", message.type));
    MessageReader reader(message);
    switch (message.type) {
    case 'R':
        if (!authentication_)
            throw ProtocolError("the server asks for a password in the middle of a session");
        if (const std::string answer = authentication_->answer(reader); !answer.empty())
            channel_->write(answer);
        break;
    case 'K':
        pid_ = reader.int32();
        key_ = reader.int32();
        break;
    case 'Z': ready(reader); break;
    case 'T': receive_columns(reader); break;
    case 't': receive_parameters(reader); break;
    case 'n': reply_.columns = std::make_shared<const Columns>(); break;
    case 'D':
        if (keeps_rows_) receive_row(reader);
        break;
    case 'C':
        reply_.status = reader.text();
        if (!leaves_session_alone(reply_.status)) changed_session_ = true;
        break;
    case 's': reply_.suspended = true; break;
    case 'G':
        if (!copies_) receive_copy_request();
        break;
    case '1': // parsed, bound, closed, an empty query, rows of COPY TO STDOUT, another minor version
    case '2':
    case '3':
    case 'I':
    case 'H':
    case 'd':
    case 'c':
    case 'v': break;
    default:
        throw ProtocolError(std::format("the server sent a message of an unknown type '{}'", message.type));
    }
}

void Session::ready(MessageReader reader) {
    status_ = reader.byte();
    exchanging_ = false;
    server_ready_.set();
    if (const std::optional<Future<>> waiter = std::exchange(waiter_, std::nullopt);
        waiter && !waiter->done())
        waiter->set_result();
    else
        reply_ = Reply();
}

void Session::receive_columns(MessageReader reader) {
    constexpr std::size_t table_and_column = 6;
    constexpr std::size_t size_modifier_format = 8;
    Columns columns;
    for (std::size_t count = reader.int16(); count > 0; --count) {
        columns.names.push_back(reader.text());
        reader.bytes(table_and_column);
        columns.types.push_back(static_cast<std::uint32_t>(reader.int32()));
        reader.bytes(size_modifier_format);
    }
    reply_.columns = std::make_shared<const Columns>(std::move(columns));
}

void Session::receive_parameters(MessageReader reader) {
    for (std::size_t count = reader.int16(); count > 0; --count)
        reply_.parameters.push_back(static_cast<std::uint32_t>(reader.int32()));
}

void Session::receive_row(MessageReader reader) {
    const std::size_t count = reader.int16();
    if (!reply_.columns || reply_.columns->types.size() != count)
        throw ProtocolError("the server sent a row with other columns than it told of");
    std::vector<Value> values;
    values.reserve(count);
    for (const std::uint32_t type : reply_.columns->types) {
        const std::int32_t size = reader.int32();
        if (size < -1) throw ProtocolError("the server sent a value of a negative length");
        values.emplace_back(type, size == -1 ? std::nullopt
                                             : std::optional(reader.bytes(static_cast<std::size_t>(size))));
    }
    reply_.rows.emplace_back(reply_.columns, std::move(values));
}

void Session::receive_copy_request() {
    MessageWriter writer;
    writer.begin('f').text("COPY FROM STDIN is done by copy_records_to_table()").end();
    channel_->write(writer.take());
}

void Session::notify(MessageReader reader) {
    Notification notification;
    notification.pid = reader.int32();
    notification.channel = reader.text();
    notification.payload = reader.text();
    const auto found = listeners.find(notification.channel);
    if (found == listeners.end()) return;
    for (const Listening& listening : found->second)
        get_running_loop().call_soon([call = listening.call, notification] { call(notification); });
}

void Session::warn(const ErrorFields& fields) {
    for (const auto& listener : log_listeners)
        get_running_loop().call_soon([listener, fields] { listener(fields); });
}

Coro<std::shared_ptr<const Statement>> Session::parse(std::shared_ptr<Session> self, std::string sql) {
    if (may_change_session(sql)) self->changes_session_ = true;
    Statement statement{
        .name = new_statement_name(), .sql = std::move(sql), .parameters = {}, .columns = nullptr};
    MessageWriter writer;
    write_parse(writer, statement.name, statement.sql);
    write_sync(writer);
    Reply reply = co_await exchange(self, {.messages = writer.take(), .columns = nullptr});
    statement.parameters = std::move(reply.parameters);
    statement.columns = std::move(reply.columns);
    co_return std::make_shared<const Statement>(std::move(statement));
}

Coro<std::shared_ptr<const Statement>> Session::statement(std::shared_ptr<Session> self, std::string sql) {
    if (const auto found = self->statements_.find(sql); found != self->statements_.end()) {
        self->order_.splice(self->order_.begin(), self->order_, found->second.place);
        co_return found->second.statement;
    }
    const std::shared_ptr<const Statement> made = co_await parse(self, std::move(sql));
    self->remember(made);
    co_return made;
}

void Session::remember(const std::shared_ptr<const Statement>& statement) {
    order_.push_front(statement->sql);
    statements_[statement->sql] = {.statement = statement, .place = order_.begin()};
    // The newest stays until it has been run, even where none are kept.
    while (order_.size() > std::max<std::size_t>(options_.statement_cache_size, 1)) {
        drop(*statements_.at(order_.back()).statement);
        statements_.erase(order_.back());
        order_.pop_back();
    }
}

void Session::forget(const std::string& sql) {
    const auto found = statements_.find(sql);
    if (found == statements_.end()) return;
    drop(*found->second.statement);
    order_.erase(found->second.place);
    statements_.erase(found);
}

void Session::drop(const Statement& statement) {
    if (closed_) return;
    MessageWriter writer;
    write_close(writer, 'S', statement.name);
    endings_ += writer.take();
}

bool Session::is_stale(const PostgresError& error) const {
    const bool changed = error.sqlstate() == "0A000" && error.fields().routine == "RevalidateCachedQuery";
    // The program has run DEALLOCATE or DISCARD.
    const bool gone = error.sqlstate() == "26000";
    return (changed || gone) && status_ == 'I';
}

Coro<Reply> Session::query(std::shared_ptr<Session> self, std::string sql, Parameters parameters, int limit) {
    const Operation operation = co_await begin(self);
    for (bool again = false;; again = true) {
        const std::shared_ptr<const Statement> parsed = co_await statement(self, sql);
        require_parameters(parameters, *parsed);
        MessageWriter writer;
        write_bind(writer, "", *parsed, parameters);
        write_execute(writer, "", limit);
        write_sync(writer);
        try {
            Reply reply = co_await exchange(self, {.messages = writer.take(), .columns = parsed->columns});
            if (self->options_.statement_cache_size == 0) self->forget(sql);
            co_return reply;
        } catch (const PostgresError& error) {
            if (again || !self->is_stale(error)) throw;
        }
        self->forget(sql);
    }
}

Coro<Reply> Session::script(std::shared_ptr<Session> self, std::string sql) {
    const Operation operation = co_await begin(self);
    if (may_change_session(sql)) self->changed_session_ = true;
    co_return co_await exchange(self,
                                {.messages = query_message(sql), .columns = nullptr, .keeps_rows = false});
}

Coro<> Session::reset(std::shared_ptr<Session> self, bool always) {
    std::string sql;
    if (self->transaction_status() != 'I') sql = "ROLLBACK;";
    if (always || self->changed_session_ || self->changes_session_)
        sql += "SELECT pg_advisory_unlock_all();CLOSE ALL;UNLISTEN *;RESET ALL;";
    self->transaction_depth = 0;
    self->end_listening(nullptr);
    self->log_listeners.clear();
    if (sql.empty()) co_return;
    co_await script(self, sql);
    self->changed_session_ = false;
}

} // namespace asyncio::postgres::detail
