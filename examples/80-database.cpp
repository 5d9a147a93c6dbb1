// A database: SQLite after Python's aiosqlite
#include <asyncio.hpp>
#include <asyncio/sqlite.hpp>
#include <optional>
#include <print>
#include <string>
#include <tuple>
#include <vector>
namespace sqlite = asyncio::sqlite;

// A row as a struct: each member takes the column of its name.
struct Book {
    int id;
    std::string title;
    std::optional<int> year;
};

asyncio::Coro<> fill(sqlite::Connection& db) {
    co_await db.execute("CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL UNIQUE, year INTEGER)");
    co_await db.execute("INSERT INTO books (title, year) VALUES (?, ?)", "Pale Fire", 1962);
    const std::vector<std::tuple<std::string, std::optional<int>>> more = {
        {"Emma", 1815}, {"Beowulf", std::nullopt}, {"Ulysses", 1922}};
    auto cursor = co_await db.executemany("INSERT INTO books (title, year) VALUES (?, ?)", more);
    std::println("{} more, the last has the id {}", cursor.rowcount(), *cursor.lastrowid());
    // As in Python, changes are there for others only after this.
    co_await db.commit();
}

asyncio::Coro<> show(sqlite::Connection& db) {
    // Row by row, by the names of the columns.
    auto cursor = co_await db.execute("SELECT title, year FROM books WHERE year > :since ORDER BY year", {{"since", 1900}});
    while (auto row = co_await cursor.next()) std::println("{} ({})", (*row)["title"], row->get<int>("year"));

    // All at once, as structs.
    for (const Book& book : co_await db.fetchall<Book>("SELECT * FROM books ORDER BY id"))
        std::println("{}: {}, {}", book.id, book.title, book.year ? std::to_string(*book.year) : "nobody knows");

    std::println("a row is printed as in Python: {}", *co_await db.fetchone("SELECT * FROM books WHERE id = 3"));
}

asyncio::Coro<> fail(sqlite::Connection& db) {
    try {
        co_await asyncio::async_with(db.transaction(), [&]() -> asyncio::Coro<> {
            co_await db.execute("DELETE FROM books WHERE id < 3");
            co_await db.execute("INSERT INTO books (title) VALUES ('Ulysses')");
        });
    } catch (const sqlite::IntegrityError& error) {
        std::println("{}: {}", error.name(), error.what());
    }
    std::println("{} books are left: all was rolled back", *co_await db.fetchone<int>("SELECT count(*) FROM books"));
}

asyncio::Coro<> amain() {
    // ":memory:" is gone at the end; a file, such as "books.db", is there again in the next run.
    co_await asyncio::async_with(sqlite::connect(":memory:"), [](sqlite::Connection& db) -> asyncio::Coro<> {
        co_await fill(db);
        co_await show(db);
        co_await fail(db);
    });
}

int main() { asyncio::run(amain()); }
