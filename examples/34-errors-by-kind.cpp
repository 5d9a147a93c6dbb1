// Errors by kind: a group's errors are taken out by type, and the rest is passed on
#include <asyncio.hpp>
#include <print>
#include <stdexcept>
using namespace std::chrono_literals;

asyncio::Coro<> fail(auto error) {
    co_await asyncio::sleep(10ms);
    throw error;
}

asyncio::Coro<> fetch_all() {
    co_await asyncio::async_with(asyncio::TaskGroup(), [](asyncio::TaskGroup& group) -> asyncio::Coro<> {
        group.create_task(fail(std::out_of_range("page 7")));
        group.create_task(fail(std::invalid_argument("no title")));
        group.create_task(fail(std::out_of_range("page 9")));
        co_return;
    });
}

std::string text_of(const std::exception_ptr& pointer) {
    try {
        std::rethrow_exception(pointer);
    } catch (const std::exception& error) {
        return error.what();
    }
}

asyncio::Coro<> amain() {
    try {
        co_await fetch_all();
    } catch (const asyncio::ExceptionGroup& group) {
        std::println("{}: {} errors", group.message(), group.exceptions().size());
        // Python writes `except* LookupError`.
        auto [missing, rest] = group.split<std::out_of_range>();
        for (const auto& error : missing->exceptions()) std::println("not found: {}", text_of(error));
        auto [invalid, others] = rest->split<std::invalid_argument>();
        for (const auto& error : invalid->exceptions()) std::println("malformed: {}", text_of(error));
        if (others) throw *others;
    }
}

int main() {
    asyncio::run(amain());
}
