// A repository that tries again when transactions collide
#include <asyncio.hpp>
#include <asyncio/postgres.hpp>
#include <functional>
#include <optional>
#include <print>
#include <string>
namespace postgres = asyncio::postgres;

struct Product {
    int id;
    std::string name;
    int stock;
};

// What the program knows of the table stands here alone.
class Products {
public:
    explicit Products(postgres::Pool pool) : pool_(pool) {}

    asyncio::Coro<> create_table() {
        co_await pool_.execute("DROP TABLE IF EXISTS products; CREATE TABLE products (id serial PRIMARY KEY,"
                               " name text UNIQUE, stock int CHECK (stock >= 0))");
    }
    asyncio::Coro<int> add(std::string name, int stock) {
        return pool_.fetchval<int>("INSERT INTO products (name, stock) VALUES ($1, $2) RETURNING id", name, stock);
    }
    asyncio::Coro<std::optional<Product>> find(std::string name) {
        return pool_.fetchrow<Product>("SELECT * FROM products WHERE name = $1", name);
    }

    // Reads, decides and writes as if alone.
    asyncio::Coro<bool> order(int id, int pieces) {
        co_return co_await in_transaction([&](postgres::Connection& connection) -> asyncio::Coro<bool> {
            const int stock = co_await connection.fetchval<int>("SELECT stock FROM products WHERE id = $1", id);
            if (stock < pieces) co_return false;
            co_await collide(connection);
            co_await connection.execute("UPDATE products SET stock = $1 WHERE id = $2", stock - pieces, id);
            co_return true;
        });
    }
    int collisions = 0;

private:
    // A transaction that the server refused to serialize is run again as a whole.
    asyncio::Coro<bool> in_transaction(std::function<asyncio::Coro<bool>(postgres::Connection&)> body) {
        constexpr int most_attempts = 3;
        for (int attempt = 1;; ++attempt) {
            try {
                co_return co_await asyncio::async_with(pool_.acquire(), [&](postgres::Connection& connection) {
                    return asyncio::async_with(connection.transaction({.isolation = "serializable"}),
                                               [&] { return body(connection); });
                });
            } catch (const postgres::TransactionRollbackError& error) {
                std::println("attempt {}: {}", attempt, error.message());
                if (attempt == most_attempts) throw;
            }
        }
    }
    // The page's PostgreSQL runs one transaction at a time, so a collision is made by hand.
    asyncio::Coro<> collide(postgres::Connection& connection) {
        if (collisions == 0) co_return;
        --collisions;
        co_await connection.execute("DO $$ BEGIN RAISE EXCEPTION 'could not serialize access' USING ERRCODE = '40001'; END $$");
    }

    postgres::Pool pool_;
};

asyncio::Coro<> amain() {
    co_await asyncio::async_with(postgres::create_pool({.min_size = 1, .max_size = 4}), [](postgres::Pool& pool) -> asyncio::Coro<> {
        Products products(pool);
        co_await products.create_table();
        const int tea = co_await products.add("tea", 10);
        try {
            co_await products.add("tea", 1);
        } catch (const postgres::UniqueViolationError& error) {
            std::println("{}", error.detail());
        }
        products.collisions = 2;
        std::println("ordered: {}", co_await products.order(tea, 4));
        std::println("ordered: {}", co_await products.order(tea, 7));
        std::println("left: {}", (co_await products.find("tea"))->stock);
        std::println("milk is there: {}", (co_await products.find("milk")).has_value());
    });
}

int main() { asyncio::run(amain()); }
