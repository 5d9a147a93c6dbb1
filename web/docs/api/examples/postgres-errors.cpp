// What can go wrong with PostgreSQL
#include <asyncio.hpp>
#include <asyncio/postgres.hpp>
#include <print>
#include <string>
namespace postgres = asyncio::postgres;

asyncio::Coro<> attempt(postgres::Connection connection, std::string sql) {
    try {
        co_await connection.execute(sql);
    } catch (const postgres::IntegrityConstraintViolationError& error) {
        const postgres::ErrorFields& fields = error.fields();
        std::println("{} of {}.{}: {}", error.sqlstate(), fields.table_name, fields.constraint_name, error.detail());
    } catch (const postgres::SyntaxOrAccessError& error) {
        std::println("{} at {}: {}", error.sqlstate(), error.position().value_or(0), error.message());
    } catch (const postgres::PostgresError& error) {
        std::println("{}: {}", error.sqlstate(), error.what());
    }
}

asyncio::Coro<> amain() {
    auto connection = co_await postgres::connect();
    co_await connection.execute("CREATE TEMP TABLE t (id int PRIMARY KEY)");
    co_await attempt(connection, "INSERT INTO t VALUES (1), (1)");
    co_await attempt(connection, "SELECT * FORM t");
    co_await attempt(connection, "SELECT 1 / 0");
    try {
        co_await connection.fetch("SELECT * FROM t WHERE id = $1", "one");
    } catch (const postgres::DataError& error) {
        std::println("{}", error.what());
    }
    try {
        co_await connection.fetch("SELECT * FROM t", 1);
    } catch (const postgres::InterfaceError& error) {
        std::println("{}", error.what());
    }
    co_await connection.close();
    try {
        co_await connection.fetch("SELECT 1");
    } catch (const postgres::ProtocolError& error) {
        std::println("a server that is none: {}", error.what());
    } catch (const postgres::Error& error) {
        std::println("any of them: {}", error.what());
    }
}

int main() { asyncio::run(amain()); }
