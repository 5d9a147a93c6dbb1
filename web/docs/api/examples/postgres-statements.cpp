// Prepared statements, cursors, COPY and settings of PostgreSQL
#include <asyncio.hpp>
#include <asyncio/postgres.hpp>
#include <print>
#include <string>
#include <tuple>
#include <vector>
namespace postgres = asyncio::postgres;

asyncio::Coro<> amain() {
    postgres::ConnectOptions options;
    options.server_settings["application_name"] = "example";
    auto connection = co_await postgres::connect(options);
    co_await connection.execute("CREATE TEMP TABLE points (x int, y int, name text)");

    const std::vector<std::tuple<int, int, std::string>> points = {{1, 2, "a"}, {3, 4, "b"}, {5, 6, "c"}};
    const postgres::CopyOptions columns{.columns = {"x", "y", "name"}};
    std::println("{}", co_await connection.copy_records_to_table("points", points, columns));

    const postgres::PreparedStatement by_name = co_await connection.prepare("SELECT x + y AS sum FROM points WHERE name = $1");
    for (const std::string name : {"a", "c"}) {
        postgres::PreparedStatement statement = by_name;
        std::println("{}: {}", name, co_await statement.fetchval<int>(name));
    }
    std::println("{} {}", by_name.get_parameters().at(0), by_name.get_attributes().at(0));

    const postgres::TransactionOptions readonly{.readonly = true};
    postgres::Transaction transaction = connection.transaction(readonly);
    co_await transaction.start();
    postgres::Cursor cursor = connection.cursor("SELECT name FROM points ORDER BY x");
    std::println("skipped {}", co_await cursor.forward(1));
    while (auto record = co_await cursor.next()) std::println("{}", *record);
    co_await transaction.rollback();

    connection.add_log_listener([](const postgres::ErrorFields& notice) { std::println("{}: {}", notice.severity, notice.message); });
    co_await connection.execute("DO $$ BEGIN RAISE NOTICE 'done'; END $$");
    co_await asyncio::sleep(0);
    std::println("{}", connection.get_settings().at("server_encoding"));
    co_await connection.close();
}

int main() { asyncio::run(amain()); }
