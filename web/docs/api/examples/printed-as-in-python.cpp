// Values, tasks and JSON, printed as Python prints them
#include <asyncio.hpp>
#include <map>
#include <optional>
#include <print>
#include <string>
#include <vector>

asyncio::Coro<int> answer() { co_return 42; }

asyncio::Coro<> amain() {
    std::println("{}", asyncio::repr(std::vector{1.0, 2.5}));
    std::println("{}", asyncio::repr(std::map<std::string, std::optional<int>>{{"a", 1}, {"b", std::nullopt}}));

    asyncio::Task<int> task = asyncio::create_task(answer(), {.name = "asking"});
    std::println("{}", asyncio::getcoroutinestate(task) == asyncio::CORO_CREATED);
    co_await task;
    std::println("{}", asyncio::getcoroutinestate(task) == asyncio::CORO_CLOSED);

    const asyncio::Json json = {{"name", "Ann"}, {"age", 31}};
    std::println("{}", json);
    // A string with its quotes, or as plain text.
    std::println("{} {:s} {}", json["name"], json["name"], asyncio::text_of(json["name"]));
}

int main() { asyncio::run(amain()); }
