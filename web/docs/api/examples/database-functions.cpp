// Functions of C++ in SQL, options of a connection, and a copy of a database
#include <asyncio.hpp>
#include <asyncio/sqlite.hpp>
#include <cmath>
#include <print>
#include <string>
namespace sqlite = asyncio::sqlite;
using namespace std::chrono_literals;

// One object for each group of rows.
struct Range {
    double least = INFINITY;
    double most = -INFINITY;
    void step(double value) {
        least = std::min(least, value);
        most = std::max(most, value);
    }
    double finalize() const { return most - least; }
};

asyncio::Coro<> amain() {
    const sqlite::ConnectOptions options = {.timeout = 1s, .isolation_level = std::nullopt};
    auto db = co_await sqlite::connect(":memory:", options);
    const sqlite::FunctionOptions pure = {.deterministic = true};
    co_await db.create_function("twice", [](std::int64_t x) { return 2 * x; }, pure);
    co_await db.create_aggregate<Range>("range");
    std::println("{}", *co_await db.fetchone("SELECT twice(21), range(column1) FROM (VALUES (1), (4.5), (2))"));

    co_await db.execute("CREATE TABLE t (x)");
    sqlite::Transaction all = db.transaction("IMMEDIATE");
    co_await asyncio::async_with(std::move(all), [&]() -> asyncio::Coro<> {
        sqlite::Cursor cursor = co_await db.execute("INSERT INTO t VALUES (1), (2)");
        std::println("{} rows", cursor.rowcount());
    });

    auto copy = co_await sqlite::connect("copy.db");
    const sqlite::BackupOptions page_by_page = {.pages = 1, .progress = [](int left, int) { std::println("{} left", left); }};
    co_await db.backup(copy, page_by_page);
    std::println("{} in the copy", *co_await copy.fetchone<int>("SELECT count(*) FROM t"));
}

int main() { asyncio::run(amain()); }
