#include "files_support.hpp"

#include <asyncio/sqlite.hpp>

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace asyncio::test {
namespace {

using namespace std::chrono_literals;
using sqlite::Bytes;
using sqlite::Connection;
using sqlite::Row;
using sqlite::Value;

Coro<Connection> with_users() {
    Connection db = co_await sqlite::connect(":memory:");
    co_await db.executescript(
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, age INTEGER);"
        "INSERT INTO users VALUES (1, 'Ann', 31), (2, 'Bob', NULL);");
    co_return db;
}

// NOLINTBEGIN(bugprone-unchecked-optional-access): a missing row fails the test as well

FILES_TEST(Sqlite, a_row_has_values_by_index_and_by_name) {
    Connection db = co_await with_users();
    auto cursor = co_await db.execute("SELECT id, name, age FROM users WHERE id = ?", 1);
    const std::optional<Row> row = co_await cursor.fetchone();
    EXPECT_EQ(row->get<int>(0), 1);
    EXPECT_EQ(row->get<std::string>("name"), "Ann");
    EXPECT_EQ(row->get<std::string>("NAME"), "Ann");
    EXPECT_EQ((*row)["age"], 31);
    EXPECT_EQ(row->keys(), (Row::Columns{"id", "name", "age"}));
    EXPECT_EQ(std::format("{}", *row), "(1, 'Ann', 31)");
    EXPECT_FALSE((co_await cursor.fetchone()).has_value());
}

struct User {
    std::int64_t id;
    std::string name;
    std::optional<int> age;
};

FILES_TEST(Sqlite, a_row_can_be_a_struct_a_tuple_or_a_single_value) {
    Connection db = co_await with_users();
    const auto users = co_await db.fetchall<User>("SELECT age, name, id FROM users ORDER BY id");
    EXPECT_EQ(users.at(0).name, "Ann");
    EXPECT_EQ(users.at(0).age, 31);
    EXPECT_EQ(users.at(1).id, 2);
    EXPECT_EQ(users.at(1).age, std::nullopt);
    const auto pairs =
        co_await db.fetchall<std::pair<int, std::string>>("SELECT id, name FROM users ORDER BY id DESC");
    EXPECT_EQ(pairs.at(0), (std::pair<int, std::string>{2, "Bob"}));
    EXPECT_EQ(co_await db.fetchone<int>("SELECT count(*) FROM users"), 2);
    EXPECT_EQ(co_await db.fetchone<int>("SELECT id FROM users WHERE id = 9"), std::nullopt);
    CO_EXPECT_RAISES(co_await db.fetchone<int>("SELECT id, name FROM users"), sqlite::InterfaceError);
    CO_EXPECT_RAISES(co_await db.fetchone<User>("SELECT id, name FROM users"), sqlite::InterfaceError);
}

FILES_TEST(Sqlite, values_keep_their_types) {
    Connection db = co_await sqlite::connect(":memory:");
    const std::string zeros("a\0b", 3);
    const Bytes bytes{std::byte{0}, std::byte{255}};
    const auto row =
        co_await db.fetchone("SELECT ?, ?, ?, ?, ?, ?, ?, ?", std::numeric_limits<std::int64_t>::min(), 0.1,
                             zeros, bytes, nullptr, true, std::optional<int>(), Bytes());
    EXPECT_EQ(row->get<std::int64_t>(0), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(row->get<double>(1), 0.1);
    EXPECT_EQ(row->get<std::string>(2), zeros);
    EXPECT_EQ(row->get<Bytes>(3), bytes);
    EXPECT_TRUE((*row)[4].is_null());
    EXPECT_TRUE(row->get<bool>(5));
    EXPECT_EQ(row->get<std::optional<int>>(6), std::nullopt);
    EXPECT_EQ(row->get<Bytes>(7), Bytes());
    EXPECT_EQ(std::format("{}", *row),
              R"((-9223372036854775808, 0.1, 'a\x00b', b'\x00\xff', None, 1, None, b''))");
}

FILES_TEST(Sqlite, a_value_of_another_type_is_an_error_that_shows_it) {
    Connection db = co_await sqlite::connect(":memory:");
    const auto row = co_await db.fetchone("SELECT 'x', NULL, 300, 2.5");
    EXPECT_EQ(raised_text([&] { row->get<int>(0); }), "the column holds 'x', which is not an integer");
    EXPECT_EQ(raised_text([&] { row->get<int>(1); }),
              "the column holds None, which is not an integer: take a std::optional");
    EXPECT_EQ(raised_text([&] { row->get<std::int8_t>(2); }),
              "the number 300 is out of the range of the type asked for");
    EXPECT_EQ(raised_text([&] { row->get<std::string>(3); }), "the column holds 2.5, which is not a text");
    EXPECT_EQ(raised_text([&] { row->get<int>(4); }), "the row has no column 4: it has 4");
    EXPECT_EQ(
        raised_text([] { static_cast<void>(Value(std::numeric_limits<std::uint64_t>::max())); }),
        "the number 18446744073709551615 is too large for SQLite, whose integers have 64 bits with a sign");
}

FILES_TEST(Sqlite, times_and_dates_are_texts_in_iso_8601) {
    Connection db = co_await sqlite::connect(":memory:");
    const auto noon = std::chrono::sys_days(2024y / 2 / 29) + 12h;
    const auto row = co_await db.fetchone("SELECT ?, ?, ?, datetime('2024-02-29', '+1 hour')", noon,
                                          noon + 1500us, 2024y / 2 / 29);
    EXPECT_EQ(std::format("{}", *row),
              "('2024-02-29 12:00:00', '2024-02-29 12:00:00.001500', '2024-02-29', '2024-02-29 01:00:00')");
    EXPECT_EQ(row->get<std::chrono::sys_seconds>(0), noon);
    EXPECT_EQ(row->get<std::chrono::sys_time<std::chrono::microseconds>>(1), noon + 1500us);
    EXPECT_EQ(row->get<std::chrono::year_month_day>(2), 2024y / 2 / 29);
    EXPECT_EQ(row->get<std::chrono::sys_seconds>(3), std::chrono::sys_days(2024y / 2 / 29) + 1h);
    const auto wrong = co_await db.fetchone("SELECT '2024-02-30', '2024-01-01 25:00:00', 'soon'");
    for (std::size_t i = 0; i < 3; ++i)
        CO_EXPECT_RAISES(wrong->get<std::chrono::sys_seconds>(i), sqlite::InterfaceError);
}

FILES_TEST(Sqlite, parameters_are_positional_or_named_or_a_tuple_or_a_struct) {
    Connection db = co_await with_users();
    EXPECT_EQ(co_await db.fetchone<int>("SELECT ? + ?", std::tuple(1, 2)), 3);
    EXPECT_EQ(co_await db.fetchone<int>("SELECT ? + ?", std::vector{1, 2}), 3);
    EXPECT_EQ(co_await db.fetchone<int>("SELECT :a - @b", sqlite::Named{{"b", 2}, {"a", 1}}), -1);
    auto cursor = co_await db.execute("SELECT :a || $b", {{"a", "x"}, {"b", "y"}});
    EXPECT_EQ((co_await cursor.fetchone())->get<std::string>(0), "xy");
    co_await db.execute("INSERT INTO users VALUES (?, ?, ?)", User{3, "Cid", 7});
    EXPECT_EQ(co_await db.fetchone<int>("SELECT age FROM users WHERE name = ?", "Cid"), 7);
}

FILES_TEST(Sqlite, wrong_parameters_are_named) {
    Connection db = co_await with_users();
    EXPECT_EQ(co_await raised_by(db.execute("SELECT ?", 1, 2)),
              "sqlite::ProgrammingError: Incorrect number of bindings supplied. The current statement uses "
              "1, and there are 2 supplied.");
    EXPECT_EQ(co_await raised_by(db.execute("SELECT :a", sqlite::Named{{"b", 1}})),
              "sqlite::ProgrammingError: You did not supply a value for binding parameter :a.");
    EXPECT_EQ(co_await raised_by(db.execute("SELECT 1; SELECT 2")),
              "sqlite::ProgrammingError: You can only execute one statement at a time.");
    EXPECT_EQ(co_await raised_by(db.executemany("SELECT ?", std::vector{1})),
              "sqlite::ProgrammingError: executemany() can only execute DML statements.");
}

FILES_TEST(Sqlite, errors_have_pythons_classes_and_sqlites_codes) {
    Connection db = co_await with_users();
    EXPECT_EQ(co_await raised_by(db.execute("SELEC 1")),
              "sqlite::OperationalError: near \"SELEC\": syntax error");
    EXPECT_EQ(co_await raised_by(db.execute("SELECT * FROM missing")),
              "sqlite::OperationalError: no such table: missing");
    try {
        co_await db.execute("INSERT INTO users VALUES (9, 'Ann', 1)");
        ADD_FAILURE() << "the name is there twice";
    } catch (const sqlite::IntegrityError& error) {
        EXPECT_STREQ(error.what(), "UNIQUE constraint failed: users.name");
        EXPECT_EQ(error.name(), "SQLITE_CONSTRAINT_UNIQUE");
        EXPECT_EQ(error.code(), 2067);
    }
    CO_EXPECT_RAISES(co_await sqlite::connect("no/such/folder/x.db"), sqlite::OperationalError);
    write_plainly("text.db", std::string(4096, 'x'));
    Connection text = co_await sqlite::connect("text.db");
    EXPECT_EQ(co_await raised_by(text.execute("SELECT * FROM sqlite_master")),
              "sqlite::DatabaseError: file is not a database");
}

FILES_TEST(Sqlite, rows_are_read_one_by_one_or_many_at_once) {
    Connection db = co_await sqlite::connect(":memory:");
    const char* const numbers =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) SELECT i FROM n";
    auto cursor = co_await db.execute(numbers);
    EXPECT_EQ(cursor.columns(), Row::Columns{"i"});
    EXPECT_EQ((co_await cursor.fetchmany(2)).size(), 2u);
    EXPECT_EQ((co_await cursor.fetchone())->get<int>(0), 3);
    int sum = 0;
    while (auto row = co_await cursor.next()) sum += row->get<int>(0);
    EXPECT_EQ(sum, 300 * 301 / 2 - 6);
    EXPECT_TRUE((co_await cursor.fetchall()).empty());
    EXPECT_EQ((co_await db.fetchall(numbers)).size(), 300u);
}

FILES_TEST(Sqlite, a_cursor_tells_what_changed) {
    Connection db = co_await with_users();
    auto inserted = co_await db.execute("INSERT INTO users (name) VALUES ('Cid')");
    EXPECT_EQ(inserted.lastrowid(), 3);
    EXPECT_EQ(inserted.rowcount(), 1);
    EXPECT_EQ((co_await db.execute("UPDATE users SET age = 1")).rowcount(), 3);
    EXPECT_EQ((co_await db.execute("SELECT 1")).rowcount(), -1);
    auto many = co_await db.executemany("INSERT INTO users (name, age) VALUES (?, ?)",
                                        std::vector<std::tuple<std::string, int>>{{"D", 1}, {"E", 2}});
    EXPECT_EQ(many.rowcount(), 2);
    EXPECT_EQ(db.total_changes(), 8);
    auto returned = co_await db.execute("DELETE FROM users WHERE id > 3 RETURNING name");
    EXPECT_EQ((co_await returned.fetchall()).size(), 2u);
}

FILES_TEST(Sqlite, changes_need_a_commit) {
    Connection db = co_await sqlite::connect("data.db");
    Connection other = co_await sqlite::connect("data.db");
    co_await db.execute("CREATE TABLE t (x)");
    EXPECT_FALSE(db.in_transaction());
    co_await db.execute("INSERT INTO t VALUES (1)");
    EXPECT_TRUE(db.in_transaction());
    EXPECT_EQ(co_await other.fetchone<int>("SELECT count(*) FROM t"), 0);
    co_await db.commit();
    EXPECT_EQ(co_await other.fetchone<int>("SELECT count(*) FROM t"), 1);
    co_await db.execute("DELETE FROM t");
    co_await db.rollback();
    EXPECT_EQ(co_await db.fetchone<int>("SELECT count(*) FROM t"), 1);
    co_await db.execute("DELETE FROM t");
    co_await db.close();
    EXPECT_EQ(co_await other.fetchone<int>("SELECT count(*) FROM t"), 1);
}

FILES_TEST(Sqlite, without_an_isolation_level_each_statement_is_committed) {
    Connection db = co_await sqlite::connect(":memory:", {.isolation_level = std::nullopt});
    co_await db.execute("CREATE TABLE t (x)");
    co_await db.execute("INSERT INTO t VALUES (1)");
    EXPECT_FALSE(db.in_transaction());
}

FILES_TEST(Sqlite, a_transaction_is_committed_or_rolled_back_with_its_body) {
    Connection db = co_await with_users();
    co_await async_with(db.transaction(),
                        [&]() -> Coro<> { co_await db.execute("DELETE FROM users WHERE id = 1"); });
    EXPECT_FALSE(db.in_transaction());
    auto failing = async_with(db.transaction("IMMEDIATE"), [&]() -> Coro<> {
        co_await db.execute("DELETE FROM users");
        throw std::runtime_error("no");
    });
    CO_EXPECT_RAISES(co_await std::move(failing), std::runtime_error);
    EXPECT_EQ(co_await db.fetchone<int>("SELECT count(*) FROM users"), 1);
}

FILES_TEST(Sqlite, a_transaction_inside_another_is_a_savepoint) {
    Connection db = co_await with_users();
    co_await async_with(db.transaction(), [&]() -> Coro<> {
        co_await db.execute("UPDATE users SET age = 50 WHERE id = 1");
        auto inner = async_with(db.transaction(), [&]() -> Coro<> {
            co_await db.execute("DELETE FROM users");
            throw std::runtime_error("no");
        });
        CO_EXPECT_RAISES(co_await std::move(inner), std::runtime_error);
        co_await async_with(db.transaction(), [&]() -> Coro<> {
            co_await db.execute("UPDATE users SET age = 60 WHERE id = 2");
        });
    });
    const auto ages = co_await db.fetchall<int>("SELECT age FROM users ORDER BY id");
    EXPECT_EQ(ages, (std::vector{50, 60}));
}

FILES_TEST(Sqlite, a_second_task_cannot_open_a_transaction_on_the_same_connection) {
    Connection db = co_await with_users();
    co_await async_with(db.transaction(), [&]() -> Coro<> {
        auto other = create_task([](Connection db) -> Coro<> {
            co_await async_with(db.transaction(), [] -> Coro<> { co_return; });
        }(db));
        CO_EXPECT_RAISES(co_await other, sqlite::OperationalError);
    });
}

FILES_TEST(Sqlite, a_lock_of_another_connection_is_waited_for) {
    Connection first = co_await sqlite::connect("data.db");
    Connection second = co_await sqlite::connect("data.db");
    co_await first.execute("CREATE TABLE t (x)");
    co_await first.execute("INSERT INTO t VALUES (1)");
    auto waiting = create_task(second.execute("INSERT INTO t VALUES (2)"));
    co_await sleep(20ms);
    EXPECT_FALSE(waiting.done());
    co_await first.commit();
    co_await waiting;
    co_await second.commit();
    EXPECT_EQ(co_await first.fetchone<int>("SELECT count(*) FROM t"), 2);
}

FILES_TEST(Sqlite, a_lock_that_stays_ends_in_an_error_after_the_timeout) {
    Connection first = co_await sqlite::connect("data.db");
    Connection second = co_await sqlite::connect("data.db", {.timeout = 10ms});
    co_await first.executescript("CREATE TABLE t (x); BEGIN EXCLUSIVE;");
    EXPECT_EQ(co_await raised_by(second.execute("INSERT INTO t VALUES (2)")),
              "sqlite::OperationalError: database is locked");
}

constexpr const char* endless =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

#ifndef __EMSCRIPTEN__ // Without threads a statement ends before anything else can happen.
FILES_TEST(Sqlite, cancelling_a_task_interrupts_its_statement) {
    Connection db = co_await with_users();
    auto task = create_task(db.execute(endless));
    co_await sleep(10ms);
    task.cancel();
    CO_EXPECT_RAISES(co_await task, CancelledError);
    EXPECT_EQ(co_await db.fetchone<int>("SELECT count(*) FROM users"), 2);
}

FILES_TEST(Sqlite, a_statement_that_waits_for_its_turn_is_not_run_when_cancelled) {
    Connection db = co_await with_users();
    auto slow = create_task(db.execute(endless));
    auto queued = create_task(db.execute("DELETE FROM users"));
    co_await sleep(10ms);
    queued.cancel();
    CO_EXPECT_RAISES(co_await queued, CancelledError);
    EXPECT_FALSE(slow.done());
    db.interrupt();
    EXPECT_EQ(co_await raised_by(std::move(slow)), "sqlite::OperationalError: interrupted");
    EXPECT_EQ(co_await db.fetchone<int>("SELECT count(*) FROM users"), 2);
}

FILES_TEST(Sqlite, the_loop_goes_on_while_a_statement_runs) {
    Connection db = co_await sqlite::connect(":memory:");
    auto slow = create_task(db.execute(endless));
    int turns = 0;
    for (; turns < 10; ++turns) co_await sleep(1ms);
    EXPECT_FALSE(slow.done());
    slow.cancel();
    CO_EXPECT_RAISES(co_await slow, CancelledError);
}
#endif

FILES_TEST(Sqlite, a_closed_connection_says_so) {
    Connection db = co_await with_users();
    auto cursor = co_await db.execute("SELECT * FROM users");
    co_await db.close();
    co_await db.close();
    EXPECT_EQ(co_await raised_by(db.execute("SELECT 1")),
              "sqlite::ProgrammingError: Cannot operate on a closed database.");
    EXPECT_EQ(co_await raised_by(cursor.fetchall()),
              "sqlite::ProgrammingError: Cannot operate on a closed database.");
    EXPECT_EQ(co_await raised_by(db.commit()),
              "sqlite::ProgrammingError: Cannot operate on a closed database.");
}

FILES_TEST(Sqlite, async_with_closes_the_connection) {
    std::optional<Connection> kept;
    const int sum = co_await async_with(sqlite::connect(":memory:"), [&](Connection& db) -> Coro<int> {
        kept = db;
        co_return *co_await db.fetchone<int>("SELECT 1 + 1");
    });
    EXPECT_EQ(sum, 2);
    CO_EXPECT_RAISES(co_await kept->execute("SELECT 1"), sqlite::ProgrammingError);
}

FILES_TEST(Sqlite, cursors_of_the_same_text_do_not_disturb_each_other) {
    Connection db = co_await with_users();
    auto first = co_await db.execute("SELECT id FROM users ORDER BY id");
    auto second = co_await db.execute("SELECT id FROM users ORDER BY id");
    EXPECT_EQ((co_await first.fetchone())->get<int>(0), 1);
    EXPECT_EQ((co_await second.fetchone())->get<int>(0), 1);
    EXPECT_EQ((co_await first.fetchone())->get<int>(0), 2);
    co_await second.close();
    EXPECT_FALSE((co_await second.fetchone()).has_value());
}

FILES_TEST(Sqlite, callables_are_functions_of_sql) {
    Connection db = co_await with_users();
    co_await db.create_function("twice", [](std::int64_t x) { return 2 * x; }, {.deterministic = true});
    co_await db.create_function("joined", [](std::span<const Value> all) {
        std::string text;
        for (const Value& each : all) text += each.str() + ";";
        return text;
    });
    co_await db.create_function("fails",
                                [](const std::string& text) -> int { throw std::runtime_error(text); });
    EXPECT_EQ(co_await db.fetchone<int>("SELECT twice(21)"), 42);
    EXPECT_EQ(co_await db.fetchone<std::string>("SELECT joined(1, NULL, 'x')"), "1;None;x;");
    EXPECT_EQ(co_await raised_by(db.execute("SELECT fails('why')")),
              "sqlite::OperationalError: user-defined function raised std::runtime_error: why");
    CO_EXPECT_RAISES(co_await db.execute("SELECT twice(1, 2)"), sqlite::OperationalError);
}

struct Longest {
    std::string longest;
    void step(const std::string& text) {
        if (text.size() > longest.size()) longest = text;
    }
    std::string finalize() const { return longest; }
};

FILES_TEST(Sqlite, classes_are_aggregates_and_functions_are_collations) {
    Connection db = co_await with_users();
    co_await db.create_aggregate<Longest>("longest");
    EXPECT_EQ(co_await db.fetchone<std::string>("SELECT longest(name || id || id) FROM users WHERE id = 1"),
              "Ann11");
    EXPECT_TRUE((*co_await db.fetchone("SELECT longest(name) FROM users WHERE id = 9"))[0].is_null());
    co_await db.create_collation("backwards",
                                 [](std::string_view a, std::string_view b) { return b.compare(a); });
    EXPECT_EQ(co_await db.fetchall<std::string>("SELECT name FROM users ORDER BY name COLLATE backwards"),
              (std::vector<std::string>{"Bob", "Ann"}));
}

FILES_TEST(Sqlite, a_database_can_be_copied) {
    Connection db = co_await with_users();
    Connection copy = co_await sqlite::connect("copy.db");
    int steps = 0;
    co_await db.backup(copy, {.pages = 1, .progress = [&](int, int) { ++steps; }});
    EXPECT_GT(steps, 1);
    EXPECT_EQ(co_await copy.fetchone<int>("SELECT count(*) FROM users"), 2);
}

FILES_TEST(Sqlite, a_copy_whose_progress_fails_ends_with_that_error) {
    Connection db = co_await with_users();
    Connection copy = co_await sqlite::connect("copy.db");
    const auto fail = [](int, int) { throw std::runtime_error("enough"); };
    CO_EXPECT_RAISES(co_await db.backup(copy, {.pages = 1, .progress = fail}), std::runtime_error);
    co_await db.backup(copy);
    EXPECT_EQ(co_await copy.fetchone<int>("SELECT count(*) FROM users"), 2);
}

FILES_TEST(Sqlite, a_failing_executemany_keeps_what_it_did_until_the_rollback) {
    Connection db = co_await with_users();
    CO_EXPECT_RAISES(co_await db.executemany("INSERT INTO users (name) VALUES (?)",
                                             std::vector<std::string>{"x", "y", "x"}),
                     sqlite::IntegrityError);
    EXPECT_EQ(co_await db.fetchone<int>("SELECT count(*) FROM users"), 4);
    co_await db.rollback();
    EXPECT_EQ(co_await db.fetchone<int>("SELECT count(*) FROM users"), 2);
}

// NOLINTEND(bugprone-unchecked-optional-access)

TEST(Sqlite, a_run_that_ends_in_the_middle_of_a_statement_lets_go_of_everything) {
    const TemporaryDirectory directory;
    run([]() -> Coro<> {
        Connection db = co_await sqlite::connect("data.db");
        co_await db.execute("CREATE TABLE t (x)");
        auto open = co_await db.execute("INSERT INTO t VALUES (1), (2) RETURNING x");
        auto left = create_task(db.execute("INSERT INTO t VALUES (3)"));
        co_await sleep(0);
    }());
    run([]() -> Coro<> {
        Connection db = co_await sqlite::connect("data.db");
        EXPECT_EQ(co_await db.fetchone<int>("SELECT count(*) FROM t"), 0);
    }());
}

} // namespace
} // namespace asyncio::test
