// A connection pool: many workers, few connections to PostgreSQL
#include <asyncio.hpp>
#include <asyncio/postgres.hpp>
#include <chrono>
#include <print>
#include <string>
#include <vector>
namespace postgres = asyncio::postgres;

struct Account {
    std::string owner;
    postgres::Numeric balance;
};

// All or nothing: the constraint takes the whole transfer back.
asyncio::Coro<> transfer(postgres::Pool pool, std::string from, std::string to, int amount) {
    try {
        co_await asyncio::async_with(pool.acquire(), [&](postgres::Connection& connection) -> asyncio::Coro<> {
            co_await asyncio::async_with(connection.transaction(), [&]() -> asyncio::Coro<> {
                co_await connection.execute("UPDATE accounts SET balance = balance + $1 WHERE owner = $2", amount, to);
                co_await connection.execute("UPDATE accounts SET balance = balance - $1 WHERE owner = $2", amount, from);
            });
        });
        std::println("{} -> {}: {}", from, to, amount);
    } catch (const postgres::CheckViolationError& error) {
        std::println("{} -> {}: refused by {}", from, to, error.constraint_name());
    }
}

asyncio::Coro<> amain() {
    const postgres::PoolOptions options{.min_size = 2, .max_size = 3};
    co_await asyncio::async_with(postgres::create_pool("postgresql://postgres@postgres.test/postgres", options),
                                 [](postgres::Pool& pool) -> asyncio::Coro<> {
        co_await pool.execute("DROP TABLE IF EXISTS accounts");
        co_await pool.execute("CREATE TABLE accounts (owner text PRIMARY KEY,"
                              " balance numeric(10, 2) CONSTRAINT enough CHECK (balance >= 0))");
        co_await pool.executemany("INSERT INTO accounts VALUES ($1, $2)",
                                  std::vector<std::pair<std::string, int>>{{"Ann", 100}, {"Bob", 50}, {"Cid", 0}});
        co_await transfer(pool, "Ann", "Cid", 30);
        co_await transfer(pool, "Bob", "Cid", 80);

        // Ten tasks take turns with three connections.
        std::vector<asyncio::Coro<int>> squares;
        for (int i = 1; i <= 10; ++i) squares.push_back(pool.fetchval<int>("SELECT $1::int * $1::int", i));
        int sum = 0;
        for (const int square : co_await asyncio::gather(std::move(squares))) sum += square;
        std::println("sum of squares: {}, connections: at most {}", sum, pool.get_max_size());

        for (const auto& [owner, balance] : co_await pool.fetch<Account>("SELECT * FROM accounts ORDER BY owner"))
            std::println("{} has {}", owner, balance);
    });
}

int main() { asyncio::run(amain()); }
