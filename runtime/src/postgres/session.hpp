#pragma once

#include "authentication.hpp"
#include "channel.hpp"
#include "message.hpp"

#include <asyncio/coro.hpp>
#include <asyncio/event.hpp>
#include <asyncio/future.hpp>
#include <asyncio/postgres/connection.hpp>
#include <asyncio/task.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace asyncio::postgres::detail {

/// A statement that the server has parsed.
struct Statement {
    std::string name;
    std::string sql;
    /// OIDs.
    std::vector<std::uint32_t> parameters;
    std::shared_ptr<const Columns> columns;
};

/// What the server answered until it was ready again.
struct Reply {
    std::vector<Record> rows;
    /// "INSERT 0 1", of the last statement.
    std::string status;
    /// A portal has more rows.
    bool suspended = false;
    std::vector<std::uint32_t> parameters;
    std::shared_ptr<const Columns> columns;
    std::exception_ptr error;
};

/// What is sent to the server, in parts if it is long, and how to read the answer.
struct Exchange {
    std::string messages;
    /// The columns of rows that come without a description.
    std::shared_ptr<const Columns> columns;
    /// The next part; nullopt at the end. No further one is asked for after an error.
    std::function<std::optional<std::string>()> more = {};
    /// After the last part, or instead of all that is left when the exchange is given up.
    std::string tail = {};
    std::string tail_when_given_up = {};
    bool keeps_rows = true;
};

/// A connection: the state of PostgreSQL's protocol. One exchange at a time; a task of the session reads, so that
/// notifications arrive at any time.
class Session : public std::enable_shared_from_this<Session> {
public:
    explicit Session(ConnectOptions options);
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session();

    /// Connects; `options` are complete.
    static Coro<std::shared_ptr<Session>> open(ConnectOptions options);

    /// While it lives no other task may use the session.
    class Operation {
    public:
        explicit Operation(std::shared_ptr<Session> session);
        Operation(Operation&&) noexcept = default;
        Operation& operator=(Operation&&) = delete;
        ~Operation();

    private:
        std::shared_ptr<Session> session_;
    };
    /// Waits for a statement that was cancelled. Raises InterfaceError if the session is closed or in use.
    static Coro<Operation> begin(std::shared_ptr<Session> self);

    // Inside of an operation:
    /// Raises the server's error.
    static Coro<Reply> exchange(std::shared_ptr<Session> self, Exchange sent);
    /// The statement for this SQL, parsed now if it is not kept.
    static Coro<std::shared_ptr<const Statement>> statement(std::shared_ptr<Session> self, std::string sql);
    /// Parses it under a name of its own.
    static Coro<std::shared_ptr<const Statement>> parse(std::shared_ptr<Session> self, std::string sql);

    // Operations:
    /// Runs a statement with parameters; `limit`: rows at most, 0 all.
    static Coro<Reply> query(std::shared_ptr<Session> self, std::string sql, Parameters parameters,
                             int limit);
    static Coro<Reply> script(std::shared_ptr<Session> self, std::string sql);
    static Coro<> close(std::shared_ptr<Session> self);
    /// Takes back what the session has set, if it may have set something or `always`.
    static Coro<> reset(std::shared_ptr<Session> self, bool always);

    void terminate() noexcept;

    bool is_closed() const noexcept { return closed_; }
    /// 'I': no transaction, 'T': in one, 'E': in one that has failed.
    char transaction_status() const noexcept { return status_; }
    std::int32_t pid() const noexcept { return pid_; }
    const std::map<std::string, std::string>& settings() const noexcept { return settings_; }
    std::size_t queries() const noexcept { return queries_; }
    /// The server will forget the statement before the next exchange.
    void drop(const Statement& statement);

    // Of transactions:
    int transaction_depth = 0;
    int savepoints = 0;

    // Of notifications:
    using Listener = std::function<void(const Notification&)>;
    struct Listening {
        int id;
        Listener call;
        /// Called when the session ends; the error is null if the program ended it.
        std::function<void(const std::exception_ptr&)> ended;
    };
    std::map<std::string, std::vector<Listening>> listeners;
    std::vector<std::function<void(const ErrorFields&)>> log_listeners;
    int last_listener = 0;

private:
    static Coro<> pump(std::shared_ptr<Session> self);
    static Coro<> cancel_on_server(std::shared_ptr<Session> self);
    static Coro<> wait_for_reply(std::shared_ptr<Session> self, Future<> done, Exchange& sent);

    void receive(const Message& message);
    bool receive_any_time(const Message& message);
    void receive_row(MessageReader reader);
    void receive_columns(MessageReader reader);
    void receive_parameters(MessageReader reader);
    void receive_copy_request();
    void ready(MessageReader reader);
    void notify(MessageReader reader);
    void warn(const ErrorFields& fields);
    void give_up();
    void end_listening(const std::exception_ptr& error);
    void lost(const std::exception_ptr& error, bool by_program) noexcept;
    void require_open() const;
    void remember(const std::shared_ptr<const Statement>& statement);
    void forget(const std::string& sql);
    bool is_stale(const PostgresError& error) const;

    ConnectOptions options_;
    std::unique_ptr<Channel> channel_;
    std::optional<Task<>> pump_;
    std::optional<Authentication> authentication_;
    MessageSplitter splitter_;

    std::int32_t pid_ = 0;
    std::int32_t key_ = 0;
    std::map<std::string, std::string> settings_;
    char status_ = 'I';
    bool closed_ = false;
    std::exception_ptr lost_by_;

    bool in_use_ = false;
    /// Between the bytes sent and the server's ReadyForQuery.
    bool exchanging_ = false;
    bool keeps_rows_ = true;
    bool copies_ = false;
    /// Since the last reset.
    bool changed_session_ = false;
    /// It has a prepared statement that may change it each time.
    bool changes_session_ = false;
    std::optional<Future<>> waiter_;
    Reply reply_;
    /// A statement was given up, and the server is still at it.
    bool draining_ = false;
    Event server_ready_;
    Event drained_;

    struct Kept {
        std::shared_ptr<const Statement> statement;
        std::list<std::string>::iterator place;
    };
    std::unordered_map<std::string, Kept> statements_;
    /// Their SQL, the last used first.
    std::list<std::string> order_;
    /// Messages that end statements, sent before the next exchange.
    std::string endings_;
    std::size_t queries_ = 0;
};

// Messages:
void write_parse(MessageWriter& writer, const std::string& name, const std::string& sql);
void write_bind(MessageWriter& writer, const std::string& portal, const Statement& statement,
                const Parameters& parameters);
void write_execute(MessageWriter& writer, const std::string& portal, int limit);
void write_close(MessageWriter& writer, char kind, const std::string& name);
void write_sync(MessageWriter& writer);
std::string query_message(const std::string& sql);

/// Raises InterfaceError for a wrong number of parameters, DataError for a wrong type.
void require_parameters(const Parameters& parameters, const Statement& statement);

/// `"name"`
std::string quoted(const std::string& name);

} // namespace asyncio::postgres::detail
