// Errors as results: gather() with return_exceptions gives what each came to
#include <asyncio.hpp>
#include <print>
#include <vector>

asyncio::Coro<int> half(int number) {
    if (number % 2 != 0) throw asyncio::ValueError(std::format("{} is odd", number));
    co_return number / 2;
}

asyncio::Coro<std::vector<asyncio::Outcome<int>>> halves(asyncio::return_exceptions_t quietly,
                                                         std::vector<int> numbers) {
    std::vector<asyncio::Coro<int>> all;
    for (int number : numbers) all.push_back(half(number));
    co_return co_await asyncio::gather(quietly, std::move(all));
}

asyncio::Coro<> amain() {
    for (const asyncio::Outcome<int>& outcome : co_await halves(asyncio::return_exceptions, {4, 5, 6})) {
        if (outcome)
            std::println("{}", *outcome);
        else
            std::println("{}", asyncio::describe(outcome.error()));
    }
}

int main() { asyncio::run(amain()); }
