// What can go wrong with a database
#include <asyncio.hpp>
#include <asyncio/sqlite.hpp>
#include <print>
#include <string>
namespace sqlite = asyncio::sqlite;

asyncio::Coro<> attempt(sqlite::Connection db, std::string sql) {
    try {
        co_await db.execute(sql);
    } catch (const sqlite::IntegrityError& error) {
        std::println("a constraint: {} ({})", error.what(), error.name());
    } catch (const sqlite::OperationalError& error) {
        std::println("SQL or system: {}", error.what());
    } catch (const sqlite::ProgrammingError& error) {
        std::println("the call: {}", error.what());
    } catch (const sqlite::DataError& error) {
        std::println("a value that is too large: {}", error.what());
    } catch (const sqlite::InternalError& error) {
        std::println("SQLite itself: {}", error.what());
    } catch (const sqlite::DatabaseError& error) {
        std::println("the file: {}", error.what());
    }
}

asyncio::Coro<> amain() {
    auto db = co_await sqlite::connect(":memory:");
    co_await db.execute("CREATE TABLE t (name TEXT NOT NULL)");
    co_await attempt(db, "INSERT INTO t VALUES (NULL)");
    co_await attempt(db, "SELECT * FROM other");
    co_await attempt(db, "SELECT 1; SELECT 2");
    co_await attempt(db, "SELECT zeroblob(2000000000)");
    try {
        const auto row = co_await db.fetchone("SELECT 'text' AS name");
        row->get<int>("name");
    } catch (const sqlite::InterfaceError& error) {
        std::println("a type: {}", error.what());
    }
    co_await db.close();
    try {
        co_await db.commit();
    } catch (const sqlite::Error& error) {
        std::println("any of them: {}", error.what());
    }
}

int main() { asyncio::run(amain()); }
