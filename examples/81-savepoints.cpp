// Transactions: an order that is placed whole or not at all
#include <asyncio.hpp>
#include <asyncio/sqlite.hpp>
#include <print>
#include <string>
#include <vector>
namespace sqlite = asyncio::sqlite;

constexpr const char* schema = R"(
    CREATE TABLE stock (item TEXT PRIMARY KEY, pieces INTEGER CHECK (pieces >= 0));
    INSERT INTO stock VALUES ('tea', 3), ('milk', 1), ('sugar', 5);
    CREATE TABLE orders (customer TEXT, item TEXT);
)";

asyncio::Coro<> take(sqlite::Connection& db, std::string customer, std::string item) {
    co_await db.execute("UPDATE stock SET pieces = pieces - 1 WHERE item = ?", item);
    co_await db.execute("INSERT INTO orders VALUES (?, ?)", customer, item);
}

// A transaction inside of another is a savepoint: its failure takes back the gift alone.
asyncio::Coro<> give_sugar(sqlite::Connection& db, std::string customer) {
    try {
        co_await asyncio::async_with(db.transaction(), [&]() -> asyncio::Coro<> { co_await take(db, customer, "sugar"); });
    } catch (const sqlite::IntegrityError&) {
        std::println("  no sugar for {}", customer);
    }
}

// All of the items or none.
asyncio::Coro<> order(sqlite::Connection& db, std::string customer, std::vector<std::string> items) {
    try {
        co_await asyncio::async_with(db.transaction(), [&]() -> asyncio::Coro<> {
            for (const std::string& item : items) co_await take(db, customer, item);
            co_await give_sugar(db, customer);
        });
        std::println("{}: ordered", customer);
    } catch (const sqlite::IntegrityError& error) {
        std::println("{}: {}", customer, error.what());
    }
}

asyncio::Coro<> amain() {
    auto db = co_await sqlite::connect("shop.db");
    co_await db.executescript("DROP TABLE IF EXISTS stock; DROP TABLE IF EXISTS orders;");
    co_await db.executescript(schema);
    co_await order(db, "Ann", {"tea", "milk"});
    co_await order(db, "Bob", {"tea", "milk"});
    co_await db.execute("UPDATE stock SET pieces = 0 WHERE item = 'sugar'");
    co_await db.commit();
    co_await order(db, "Cid", {"tea"});
    for (const auto& row : co_await db.fetchall("SELECT * FROM stock ORDER BY item")) std::println("{}", row);
    for (const auto& row : co_await db.fetchall("SELECT customer, group_concat(item) FROM orders GROUP BY customer"))
        std::println("{}", row);
    co_await db.close();
}

int main() { asyncio::run(amain()); }
