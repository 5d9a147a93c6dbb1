#include "postgres_server.hpp"

#include <asyncio/postgres.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The client of PostgreSQL against a server that is written here, byte for byte.

namespace asyncio::test {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using postgres::Connection;
using postgres::Value;

Coro<Connection> connect_to(const ScriptedServer& server, postgres::ConnectOptions options = {}) {
    options.host = "127.0.0.1";
    options.port = server.port();
    return postgres::connect(std::move(options));
}

// NOLINTBEGIN(bugprone-unchecked-optional-access): a missing row fails the test as well

CO_TEST(Postgres, a_row_has_values_by_index_by_name_and_as_a_struct) {
    ScriptedServer server = co_await ScriptedServer::start();
    server.answer("SELECT id, name",
                  columns({{"id", int4}, {"name", text}}) + row({"1", "Ann"}) + row({"2", std::nullopt}));
    Connection db = co_await connect_to(server);
    const auto rows = co_await db.fetch("SELECT id, name");
    EXPECT_EQ(rows.at(0).get<int>("id"), 1);
    EXPECT_EQ(rows.at(0)[1].get<std::string>(), "Ann");
    EXPECT_EQ(std::format("{}", rows.at(0)), "<Record id=1 name='Ann'>");
    EXPECT_EQ(std::format("{}", rows.at(1)), "<Record id=2 name=None>");
    struct User {
        std::optional<std::string> name;
        int id;
    };
    const auto users = co_await db.fetch<User>("SELECT id, name");
    EXPECT_EQ(users.at(1).id, 2);
    EXPECT_EQ(users.at(1).name, std::nullopt);
    EXPECT_EQ((co_await db.fetchrow<std::pair<int, std::string>>("SELECT id, name"))->second, "Ann");
    EXPECT_EQ(raised_text([&] { (void)rows[0]["age"]; }), "the record has no column 'age': it has id, name");
    EXPECT_EQ(raised_text([&] { (void)rows[1].get<std::string>("name"); }),
              "the value is None, which is not a text: take a std::optional");
    EXPECT_EQ(raised_text([&] { (void)rows[0].get<std::string>("id"); }),
              "the value is 1 of type int4, which is not a text");
    co_await db.close();
}

CO_TEST(Postgres, a_statement_is_parsed_once) {
    ScriptedServer server = co_await ScriptedServer::start();
    server.answer("SELECT 1", columns({{"one", int4}}) + row({"1"}));
    Connection db = co_await connect_to(server);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(co_await db.fetchval<int>("SELECT 1"), 1);
    EXPECT_EQ(server.count('P'), 1);
    EXPECT_EQ(server.count('B'), 3);
    co_await db.close();
}

CO_TEST(Postgres, statements_that_are_not_used_are_forgotten) {
    ScriptedServer server = co_await ScriptedServer::start();
    server.answer("SELECT", columns({{"one", int4}}) + row({"1"}));
    Connection db = co_await connect_to(server, {.statement_cache_size = 2});
    for (const char* sql : {"SELECT 1", "SELECT 2", "SELECT 3", "SELECT 3"}) co_await db.fetch(sql);
    EXPECT_EQ(server.count('P'), 3);
    EXPECT_EQ(server.count('C'), 1);
    co_await db.close();
}

CO_TEST(Postgres, parameters_are_sent_as_texts) {
    ScriptedServer server = co_await ScriptedServer::start();
    server.answer(
        "INSERT", complete("INSERT 0 1"),
        {bool_, int8, float8, text, bytea, timestamptz, date, interval, 1007, jsonb, uuid, numeric, 25});
    Connection db = co_await connect_to(server);
    const auto noon = std::chrono::sys_days(std::chrono::May / 1 / 2024) + 12h + 500ms;
    const std::string status = co_await db.execute(
        "INSERT", true, 7, 0.5, "it's", postgres::Bytes{std::byte{0xff}, std::byte{1}}, noon,
        std::chrono::year_month_day(std::chrono::May / 1 / 2024), -90min, std::vector{1, 2}, Json{{"a", 1}},
        postgres::Uuid("8f14e45f-ceea-467f-9575-6d7f3f4c1d2a"), postgres::Numeric("12.50"),
        std::optional<std::string>());
    EXPECT_EQ(status, "INSERT 0 1");
    EXPECT_EQ(server.bound(), (Values{"t", "7", "0.5", "it's", "\\xff01", "2024-05-01 12:00:00.500000+00",
                                      "2024-05-01", "-01:30:00", "{\"1\",\"2\"}", "{\"a\":1}",
                                      "8f14e45f-ceea-467f-9575-6d7f3f4c1d2a", "12.50", std::nullopt}));
    co_await db.close();
}

CO_TEST(Postgres, a_parameter_of_another_type_or_too_many_of_them_are_not_sent) {
    ScriptedServer server = co_await ScriptedServer::start();
    server.answer("SELECT", columns({{"x", int4}}), {int4});
    Connection db = co_await connect_to(server);
    EXPECT_EQ(co_await raised_by(db.fetch("SELECT $1", "abc")),
              "postgres::DataError: invalid input for query argument $1: 'abc' (expected int4, got a text)");
    EXPECT_EQ(
        co_await raised_by(db.fetch("SELECT $1", 3'000'000'000)),
        "postgres::DataError: invalid input for query argument $1: 3000000000 (value out of int4 range)");
    EXPECT_EQ(co_await raised_by(db.fetch("SELECT $1", 1, 2)),
              "postgres::InterfaceError: the server expects 1 argument for this query, 2 were passed");
    EXPECT_EQ(co_await raised_by(db.fetch("SELECT $1")),
              "postgres::InterfaceError: the server expects 1 argument for this query, 0 were passed");
    EXPECT_EQ(co_await raised_by(db.execute("SELECT '\0'"s)),
              "postgres::DataError: a text of the query contains a null character");
    EXPECT_EQ(server.count('B'), 0);
    EXPECT_TRUE((co_await db.fetch("SELECT $1", 1)).empty());
    co_await db.close();
}

CO_TEST(Postgres, an_error_has_the_class_of_its_sqlstate) {
    ScriptedServer server = co_await ScriptedServer::start();
    server.answer("unique",
                  error({{'C', "23505"}, {'M', "duplicate key"}, {'D', "Key (id)=(1)"}, {'n', "t_pkey"}}));
    server.answer("class", error({{'C', "23999"}, {'M', "new kind"}}));
    server.answer("syntax", error({{'C', "42601"}, {'M', "wrong"}, {'H', "right it"}, {'P', "7"}}));
    server.answer("other", error({{'C', "ZZ999"}, {'M', "odd"}}));
    Connection db = co_await connect_to(server);
    try {
        co_await db.execute("unique");
        ADD_FAILURE();
    } catch (const postgres::UniqueViolationError& caught) {
        EXPECT_STREQ(caught.what(), "duplicate key\nDETAIL:  Key (id)=(1)");
        EXPECT_EQ(caught.message(), "duplicate key");
        EXPECT_EQ(caught.constraint_name(), "t_pkey");
        EXPECT_EQ(caught.sqlstate(), "23505");
    }
    EXPECT_EQ(co_await raised_by(db.fetch("class")), "postgres::IntegrityConstraintViolationError: new kind");
    EXPECT_EQ(co_await raised_by(db.fetch("syntax")),
              "postgres::PostgresSyntaxError: wrong\nHINT:  right it");
    EXPECT_EQ(co_await raised_by(db.fetch("other")), "postgres::PostgresError: odd");
    EXPECT_EQ(co_await db.execute("fine"), "OK");
    co_await db.close();
}

CO_TEST(Postgres, values_are_read_by_their_types) {
    const auto value = [](std::uint32_t type, std::string held) { return Value(type, std::move(held)); };
    EXPECT_EQ(value(bool_, "t").str(), "True");
    EXPECT_EQ(value(float8, "1").str(), "1.0");
    EXPECT_EQ(value(numeric, "2.00").get<int>(), 2);
    EXPECT_EQ(value(numeric, "2.50").get<double>(), 2.5);
    EXPECT_EQ(value(numeric, "2.50").repr(), "Decimal('2.50')");
    EXPECT_EQ(raised_text([&] { (void)value(numeric, "2.50").get<int>(); }),
              "the value is Decimal('2.50') of type numeric, which is not an integer");
    EXPECT_EQ(raised_text([&] { (void)value(int4, "300").get<std::uint8_t>(); }),
              "the value is 300, which the integer that was asked for cannot hold");
    const auto noon = std::chrono::sys_days(std::chrono::May / 1 / 2024) + 12h;
    EXPECT_EQ(value(timestamptz, "2024-05-01 14:00:00+02").get<std::chrono::sys_seconds>(), noon);
    EXPECT_EQ(value(timestamptz, "2024-05-01 17:30:00.25+05:30")
                  .get<std::chrono::sys_time<std::chrono::milliseconds>>(),
              noon + 250ms);
    EXPECT_EQ(value(timestamptz, "2024-05-01 14:00:00+02").str(), "2024-05-01 12:00:00+00:00");
    EXPECT_EQ(value(timestamptz, "2024-05-01 14:00:00+02").repr(),
              "datetime.datetime(2024, 5, 1, 12, 0, tzinfo=datetime.timezone.utc)");
    EXPECT_EQ(value(timestamptz, "infinity").str(), "infinity");
    EXPECT_EQ(value(date, "2024-05-01").get<std::chrono::year_month_day>(),
              std::chrono::year_month_day(std::chrono::May / 1 / 2024));
    EXPECT_EQ(value(interval, "1 year 2 mons -3 days 04:05:06.5").get<std::chrono::milliseconds>(),
              std::chrono::days(365 + 60 - 3) + 4h + 5min + 6500ms);
    EXPECT_EQ(value(interval, "-00:00:01").get<std::chrono::seconds>(), -1s);
    EXPECT_EQ(value(1007, "{1,NULL,3}").get<std::vector<std::optional<int>>>(),
              (std::vector<std::optional<int>>{1, {}, 3}));
    EXPECT_EQ(value(1009, R"({a,"b \"c\" \\","NULL"})").get<std::vector<std::string>>(),
              (std::vector<std::string>{"a", R"(b "c" \)", "NULL"}));
    EXPECT_EQ(value(1007, "{{1,2},{3,4}}").get<std::vector<std::vector<int>>>().at(1).at(0), 3);
    EXPECT_EQ(value(1007, "[2:3]={1,2}").str(), "[1, 2]");
    EXPECT_EQ(value(16385, "{happy}").get<std::vector<std::string>>().at(0), "happy");
    for (const char* wrong : {"{", "{1", "{1,", "{\"", "{\"\\", "1", "{{1}"})
        EXPECT_TRUE(raised_text([&] {
                        (void)value(1007, wrong).get<std::vector<int>>();
                    }).ends_with("which is not an array"))
            << wrong;
    EXPECT_EQ(value(jsonb, R"({"a": [1]})").get<Json>()["a"][0], 1);
    EXPECT_EQ(value(bytea, "\\x00ff").str(), "b'\\x00\\xff'");
    EXPECT_EQ(raised_text([] { (void)postgres::Uuid("8f14"); }), "not a UUID: '8f14'");
    co_return;
}

CO_TEST(Postgres, a_second_call_at_the_same_time_is_refused) {
    ScriptedServer server = co_await ScriptedServer::start();
    server.silent_on("slow");
    Connection db = co_await connect_to(server);
    auto slow = create_task(db.fetch("slow"));
    co_await turns(20);
    EXPECT_EQ(co_await raised_by(db.fetch("SELECT 1")),
              "postgres::InterfaceError: cannot perform operation: another operation is in progress");
    db.terminate();
    EXPECT_EQ(co_await raised_by(std::move(slow)), "postgres::InterfaceError: connection was closed");
    EXPECT_EQ(co_await raised_by(db.fetch("SELECT 1")), "postgres::InterfaceError: connection is closed");
    EXPECT_TRUE(db.is_closed());
}

CO_TEST(Postgres, a_cancelled_statement_is_cancelled_on_the_server_and_the_next_waits_for_its_end) {
    ScriptedServer server = co_await ScriptedServer::start();
    server.silent_on("slow");
    server.answer("SELECT 1", columns({{"one", int4}}) + row({"1"}));
    Connection db = co_await connect_to(server);
    auto slow = create_task(db.fetch("slow"));
    co_await turns(20);
    slow.cancel();
    CO_EXPECT_RAISES(co_await slow, CancelledError);
    EXPECT_EQ(co_await db.fetchval<int>("SELECT 1"), 1);
    EXPECT_EQ(server.cancels(), 1);
    co_await db.close();
}

CO_TEST(Postgres, a_command_that_takes_too_long_is_cancelled) {
    ScriptedServer server = co_await ScriptedServer::start();
    server.silent_on("slow");
    Connection db = co_await connect_to(server, {.command_timeout = 2s});
    const double before = get_running_loop().time();
    CO_EXPECT_RAISES(co_await db.execute("slow"), TimeoutError);
    EXPECT_NEAR(get_running_loop().time() - before, 2, 0.01);
    EXPECT_EQ(co_await db.execute("fine"), "OK");
    EXPECT_EQ(server.cancels(), 1);
    co_await db.close();
}

CO_TEST(Postgres, passwords_are_answered_in_every_way) {
    for (const char* method : {"trust", "password", "md5"}) {
        ScriptedServer server = co_await ScriptedServer::start(method);
        Connection db = co_await connect_to(server, {.user = "ann", .password = "secret"});
        EXPECT_EQ(server.password(), (std::map<std::string, std::string>{
                                         {"trust", ""},
                                         {"password", "secret"},
                                         // md5(md5("secretann") + "salt")
                                         {"md5", "md5b8f5ba9f485dba302ec0963f7ee9ba8f"},
                                     })[method])
            << method;
        co_await db.close();
    }
    ScriptedServer server = co_await ScriptedServer::start("password");
    EXPECT_EQ(co_await raised_by(connect_to(server)),
              "postgres::InterfaceError: the server asks for a password, and none was given");
    ScriptedServer strange = co_await ScriptedServer::start("kerberos");
    EXPECT_TRUE((co_await raised_by(connect_to(strange, {.password = "x"})))
                    .starts_with("postgres::InterfaceError: the server asks for authentication of kind 7"));
}

CO_TEST(Postgres, a_server_that_is_none_or_breaks_off_is_an_error) {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"", "postgres::ConnectionDoesNotExistError: connection was closed in the middle of operation"},
        {"HTTP/1.1 400 Bad Request\r\n\r\n",
         "postgres::ProtocolError: the server sent a message 'H' of 1414811695 bytes: is it PostgreSQL?"},
        {"R\xff\xff\xff\xff"s,
         "postgres::ProtocolError: the server sent a message 'R' of 4294967295 bytes: is it PostgreSQL?"},
        {"R\0\0\0\3"s,
         "postgres::ProtocolError: the server sent a message 'R' of 3 bytes: is it PostgreSQL?"},
        {"R\0\0\0\6\0\0"s, "postgres::ProtocolError: the server sent a message 'R' that is too short"},
        {"R\0\0\0\x8\0\0"s,
         "postgres::ConnectionDoesNotExistError: connection was closed in the middle of operation"},
        {"q\0\0\0\4"s, "postgres::ProtocolError: the server sent a message of an unknown type 'q'"},
        {"D\0\0\0\6\0\1"s,
         "postgres::ProtocolError: the server sent a row with other columns than it told of"},
        {"T\0\0\0\6\0\1"s, "postgres::ProtocolError: the server sent a message 'T' that is too short"},
        {"E\0\0\0\5S"s, "postgres::ProtocolError: the server sent a message 'E' that is too short"},
        {error({{'S', "FATAL"}, {'C', "3D000"}, {'M', "database \"x\" does not exist"}}),
         "postgres::InvalidCatalogNameError: database \"x\" does not exist"},
    };
    for (const auto& [bytes, expected] : cases) {
        ScriptedServer server = co_await ScriptedServer::start_with(bytes);
        EXPECT_EQ(co_await raised_by(connect_to(server)), expected);
    }
}

CO_TEST(Postgres, a_connection_that_breaks_in_the_middle_is_an_error) {
    ScriptedServer server = co_await ScriptedServer::start();
    server.close_on("half", columns({{"one", int4}}) + row({"1"}) + "D\0\0\0\x20"s);
    Connection db = co_await connect_to(server);
    EXPECT_EQ(co_await raised_by(db.fetch("half")),
              "postgres::ConnectionDoesNotExistError: connection was closed in the middle of operation");
    EXPECT_TRUE(db.is_closed());
    co_await db.close();
}

CO_TEST(Postgres, an_error_in_the_middle_of_rows_is_raised_and_the_connection_goes_on) {
    ScriptedServer server = co_await ScriptedServer::start();
    server.answer("mid",
                  columns({{"one", int4}}) + row({"1"}) + error({{'C', "22012"}, {'M', "division by zero"}}));
    Connection db = co_await connect_to(server);
    EXPECT_EQ(co_await raised_by(db.fetch("mid")), "postgres::DivisionByZeroError: division by zero");
    EXPECT_EQ(co_await db.execute("fine"), "OK");
    co_await db.close();
}

CO_TEST(Postgres, notifications_arrive_at_any_time) {
    ScriptedServer server = co_await ScriptedServer::start();
    Connection db = co_await connect_to(server);
    auto notes = co_await db.listen("news");
    Log heard;
    const auto listener = co_await db.add_listener(
        "news", [&](const postgres::Notification& note) { heard.push_back(note.payload); });
    EXPECT_EQ(server.queries(), (Log{"LISTEN \"news\""}));
    server.send(notification(42, "news", "hello"));
    const auto note = co_await notes.next();
    EXPECT_EQ(note->pid, 42);
    EXPECT_EQ(note->payload, "hello");
    co_await turns();
    EXPECT_EQ(heard, (Log{"hello"}));
    co_await db.remove_listener("news", listener);
    co_await notes.aclose();
    EXPECT_EQ(server.queries().back(), "UNLISTEN \"news\"");
    EXPECT_EQ(co_await notes.next(), std::nullopt);
    auto lost = co_await db.listen("other");
    server.hang_up();
    EXPECT_TRUE((co_await raised_by(lost.next())).starts_with("postgres::ConnectionDoesNotExistError"));
}

CO_TEST(Postgres, transactions_nest_and_end_by_how_the_body_ends) {
    ScriptedServer server = co_await ScriptedServer::start();
    Connection db = co_await connect_to(server);
    co_await async_with(db.transaction({.isolation = "repeatable_read", .readonly = true}), [&]() -> Coro<> {
        EXPECT_TRUE(db.is_in_transaction());
        co_await raised_by(async_with(db.transaction(), []() -> Coro<> {
            throw ValueError("no");
            co_return;
        }));
        co_await async_with(db.transaction(), []() -> Coro<> { co_return; });
    });
    EXPECT_EQ(server.queries(),
              (Log{"BEGIN ISOLATION LEVEL repeatable read READ ONLY", "SAVEPOINT __asyncio_savepoint_1__",
                   "ROLLBACK TO __asyncio_savepoint_1__", "SAVEPOINT __asyncio_savepoint_2__",
                   "RELEASE SAVEPOINT __asyncio_savepoint_2__", "COMMIT"}));
    EXPECT_EQ(co_await raised_by(db.transaction({.isolation = "odd"}).start()),
              "ValueError: isolation is 'serializable', 'repeatable_read', 'read_committed' or "
              "'read_uncommitted', not 'odd'");
    co_await db.execute("BEGIN");
    EXPECT_EQ(
        co_await raised_by(db.transaction().start()),
        "postgres::InterfaceError: cannot use Connection.transaction() in a manually started transaction");
    co_await db.close();
}

CO_TEST(Postgres, many_rows_are_sent_in_one_go) {
    ScriptedServer server = co_await ScriptedServer::start();
    server.answer("INSERT", complete("INSERT 0 1"), {int4, text});
    server.answer("COPY", complete("COPY 2"));
    Connection db = co_await connect_to(server);
    co_await db.executemany("INSERT", std::vector<std::pair<int, std::string>>{{1, "a"}, {2, "b"}});
    EXPECT_EQ(server.count('B'), 2);
    EXPECT_EQ(server.bound(), (Values{"2", "b"}));
    struct Row {
        int id;
        std::optional<std::string> name;
    };
    EXPECT_EQ(co_await db.copy_records_to_table("t", std::vector<Row>{{1, "a\tb\\\n"}, {2, {}}},
                                                {.columns = {"id", "na\"me"}, .schema_name = "s"}),
              "COPY 2");
    EXPECT_EQ(server.queries().back(), R"(COPY "s"."t" ("id", "na""me") FROM STDIN)");
    EXPECT_EQ(server.copied(), "1\ta\\tb\\\\\\n\n2\t\\N\n");
    EXPECT_EQ(co_await raised_by(db.executemany("INSERT", std::vector<std::pair<int, int>>{{1, 2}})),
              "postgres::DataError: invalid input for query argument $2: 2 (expected text, got an integer)");
    co_await db.close();
}

CO_TEST(Postgres, a_cursor_reads_a_few_rows_at_a_time_inside_of_a_transaction) {
    ScriptedServer server = co_await ScriptedServer::start();
    std::string rows;
    for (int i = 0; i < 120; ++i) rows += row({std::to_string(i)});
    server.answer("SELECT n", columns({{"n", int4}}) + rows);
    Connection db = co_await connect_to(server);
    EXPECT_EQ(co_await raised_by(db.cursor("SELECT n").next()),
              "postgres::NoActiveSQLTransactionError: cursor cannot be created outside of a transaction");
    co_await async_with(db.transaction(), [&]() -> Coro<> {
        int sum = 0;
        auto cursor = db.cursor("SELECT n");
        while (auto record = co_await cursor.next()) sum += record->get<int>(0);
        EXPECT_EQ(sum, 119 * 60);
        EXPECT_EQ(server.count('E'), 3);
        auto other = db.cursor("SELECT n");
        EXPECT_EQ(co_await other.forward(100), 100U);
        EXPECT_EQ((co_await other.fetch(100)).size(), 20U);
        EXPECT_EQ(co_await other.fetchrow(), std::nullopt);
    });
    co_await db.close();
}

CO_TEST(Postgres, a_dsn_has_all_parts) {
    ScriptedServer server = co_await ScriptedServer::start();
    const std::string dsn = std::format(
        "postgresql://an%40n:pw@127.0.0.1:{}/shop?application_name=a%20b&sslmode=prefer", server.port());
    Connection db = co_await postgres::connect(dsn);
    EXPECT_EQ(server.settings().at("user"), "an@n");
    EXPECT_EQ(server.settings().at("database"), "shop");
    EXPECT_EQ(server.settings().at("application_name"), "a b");
    EXPECT_EQ(db.get_server_version(), "15.0 (scripted)");
    co_await db.close();
    EXPECT_EQ(co_await raised_by(postgres::connect("mysql://x")),
              "ValueError: invalid DSN: it begins with postgresql:// or postgres://; it is like "
              "postgresql://user:password@host:5432/database");
    EXPECT_TRUE((co_await raised_by(postgres::connect("postgres://h:x/")))
                    .starts_with("ValueError: invalid DSN: 'x' is no port"));
    EXPECT_TRUE((co_await raised_by(postgres::connect("postgres://h/?sslmode=require")))
                    .starts_with("ValueError: invalid DSN: TLS"));
}

Coro<postgres::Pool> pool_of(const ScriptedServer& server, postgres::PoolOptions options) {
    options.connect.host = "127.0.0.1";
    options.connect.port = server.port();
    return postgres::create_pool(std::move(options));
}

CO_TEST(Postgres, a_pool_lends_its_connections_in_turn) {
    ScriptedServer server = co_await ScriptedServer::start();
    server.answer("SELECT 1", columns({{"one", int4}}) + row({"1"}));
    auto pool = co_await pool_of(server, {.min_size = 1, .max_size = 2});
    EXPECT_EQ(pool.get_size(), 1);
    std::vector<Coro<int>> asking;
    for (int i = 0; i < 10; ++i) asking.push_back(pool.fetchval<int>("SELECT 1"));
    for (const int one : co_await gather(std::move(asking))) EXPECT_EQ(one, 1);
    EXPECT_EQ(server.connections(), 2);
    Connection first = co_await pool.acquire();
    Connection second = co_await pool.acquire();
    CO_EXPECT_RAISES(co_await pool.acquire(1s), TimeoutError);
    auto waiting = create_task(pool.acquire());
    co_await turns(5);
    EXPECT_FALSE(waiting.done());
    co_await pool.release(first);
    Connection third = co_await waiting;
    EXPECT_EQ(co_await raised_by([](Connection used) -> Coro<> { co_await used.execute("x"); }(first)),
              "postgres::InterfaceError: cannot use a connection that has been released back to the pool");
    co_await third.close();
    co_await second.close();
    EXPECT_EQ(pool.get_idle_size(), 2);
    co_await pool.close();
    EXPECT_EQ(co_await raised_by(pool.acquire()), "postgres::InterfaceError: pool is closed");
}

CO_TEST(Postgres, a_pool_replaces_connections_that_were_lost_or_dropped) {
    ScriptedServer server = co_await ScriptedServer::start();
    auto pool = co_await pool_of(server, {.min_size = 1, .max_size = 1});
    server.hang_up();
    co_await turns(5);
    EXPECT_EQ(co_await pool.execute("fine"), "OK");
    {
        const Connection dropped = co_await pool.acquire();
    }
    EXPECT_EQ(co_await pool.execute("fine"), "OK");
    EXPECT_EQ(server.connections(), 3);
    // What the session has set is taken back, and a transaction that was left open.
    co_await async_with(pool.acquire(), [](Connection& db) -> Coro<> { co_await db.execute("BEGIN"); });
    EXPECT_EQ(server.queries().back(), "ROLLBACK;");
    co_await async_with(pool.acquire(), [](Connection& db) -> Coro<> { co_await db.execute("SET x"); });
    EXPECT_TRUE(server.queries().back().contains("RESET ALL"));
    co_await pool.close();
}

CO_TEST(Postgres, a_pool_resets_only_sessions_that_may_have_changed) {
    ScriptedServer server = co_await ScriptedServer::start();
    // A server does not know whether a row that was the last one asked for was the last one.
    const std::string one_of_more = columns({{"one", int4}}) + row({"1"}) + std::string("s\0\0\0\4", 5);
    server.answer("SELECT 1", one_of_more);
    server.answer("CALL", one_of_more);
    server.answer("SET x TO 1; SELECT", complete("SET") + complete("SELECT 1"));
    auto pool = co_await pool_of(server, {.min_size = 1, .max_size = 1});
    const auto resets = [&] {
        return std::ranges::count_if(server.queries(), [](const auto& sql) { return sql.contains("RESET"); });
    };
    EXPECT_EQ(co_await pool.fetchval<int>("SELECT 1"), 1);
    EXPECT_EQ(co_await pool.fetchval<int>("SELECT 1"), 1);
    EXPECT_EQ(resets(), 0);
    co_await pool.execute("SET x TO 1; SELECT 2");
    EXPECT_EQ(resets(), 1);
    co_await pool.fetchval<int>("CALL procedure_that_sets()");
    EXPECT_EQ(resets(), 2);
    co_await pool.fetchval<int>("SELECT 1 AS \"Set_Config\"");
    EXPECT_EQ(resets(), 3);
    co_await pool.close();
}

CO_TEST(Postgres, a_pool_with_wrong_sizes_is_refused) {
    EXPECT_EQ(co_await raised_by(postgres::create_pool({.min_size = 3, .max_size = 2})),
              "ValueError: min_size is greater than max_size");
    EXPECT_EQ(co_await raised_by(postgres::create_pool({.max_size = 0})),
              "ValueError: max_size is expected to be greater than zero");
}

// NOLINTEND(bugprone-unchecked-optional-access)

} // namespace
} // namespace asyncio::test
