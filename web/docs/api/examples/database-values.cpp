// What a database stores, and how it is bound
#include <asyncio.hpp>
#include <asyncio/sqlite.hpp>
#include <chrono>
#include <optional>
#include <print>
#include <tuple>
namespace sqlite = asyncio::sqlite;
using namespace std::chrono_literals;

struct Point {
    double x;
    double y;
};

asyncio::Coro<> amain() {
    auto db = co_await sqlite::connect(":memory:");
    const sqlite::Bytes bytes{std::byte{1}, std::byte{255}};
    const auto noon = std::chrono::sys_days(2024y / 2 / 29) + 12h;
    const sqlite::Row row = *co_await db.fetchone("SELECT ?, ?, ?, ?, ?, ?", 7, 2.5, "text", bytes, noon, std::optional<int>());
    std::println("{}", row);
    for (const sqlite::Value& value : row) std::print("{} ", value.is_null() ? "null" : value.str());
    std::println("");
    std::println("an hour later: {}", row.get<std::chrono::sys_seconds>(4) + 1h);

    // By position, as a tuple, as a struct, or by name.
    std::println("{}", *co_await db.fetchone("SELECT ? + ?", 1, 2));
    std::println("{}", *co_await db.fetchone("SELECT ? + ?", std::tuple(1, 2)));
    std::println("{}", (co_await db.fetchone<Point>("SELECT ? AS y, ? AS x", Point{1, 2}))->x);
    const sqlite::Named named = {{"a", 1}, {"b", 2}};
    std::println("{}", *co_await db.fetchone("SELECT :b - :a", named));
    const sqlite::Parameters both = {"as", " a value"};
    std::println("{}", *co_await db.fetchone("SELECT ? || ?", both));
}

int main() { asyncio::run(amain()); }
