// Types of PostgreSQL, as parameters and as values
#include <asyncio.hpp>
#include <asyncio/postgres.hpp>
#include <chrono>
#include <optional>
#include <print>
#include <vector>
namespace postgres = asyncio::postgres;
using namespace std::chrono_literals;

asyncio::Coro<> amain() {
    auto connection = co_await postgres::connect();
    const auto noon = std::chrono::sys_days(std::chrono::May / 1 / 2024) + 12h;
    const auto row = co_await connection.fetchrow(
        "SELECT $1::timestamptz AS at, $2::interval AS span, $3::numeric AS price, $4::uuid AS id, $5::jsonb AS json,"
        " $6::int[] AS list, $7::bytea AS bytes, $8::text AS missing",
        noon, 90min, postgres::Numeric("12.50"), postgres::Uuid("8f14e45f-ceea-467f-9575-6d7f3f4c1d2a"),
        asyncio::Json{{"tags", {"a", "b"}}}, std::vector{1, 2, 3}, postgres::Bytes{std::byte{255}}, std::nullopt);
    std::println("{}", row->get<std::chrono::sys_seconds>("at") == noon);
    std::println("{} {}", row->get<std::chrono::minutes>("span"), row->get<postgres::Numeric>("price").to_double());
    std::println("{}", row->get<postgres::Uuid>("id"));
    std::println("{}", row->get<asyncio::Json>("json")["tags"]);
    std::println("{}", row->get<std::vector<int>>("list").at(2));
    std::println("{} {}", row->get<postgres::Bytes>("bytes").size(), row->get<std::optional<int>>("missing").has_value());
    for (const postgres::Value& value : *row) std::println("{} {}", value.type(), value.repr());

    // Values go back as they came.
    const postgres::Parameters parameters{(*row)["list"], 2};
    for (const postgres::Parameter& parameter : parameters) std::println("{}", parameter.text().value_or("null"));
    const postgres::Record again = *co_await connection.fetchrow("SELECT $1::int[] AS list", (*row)["list"]);
    std::println("{}", again);
    co_await connection.close();
}

int main() { asyncio::run(amain()); }
