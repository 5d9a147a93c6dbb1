// Errors that are kept: what they say and what they are
#include <asyncio.hpp>
#include <exception>
#include <print>
#include <stdexcept>

asyncio::Coro<int> fail(bool badly) {
    if (badly) throw std::runtime_error("badly");
    throw asyncio::ValueError("a little");
    co_return 0;
}

asyncio::Coro<> amain() {
    for (const bool badly : {true, false}) {
        const asyncio::Outcome<int> outcome = co_await asyncio::outcome(fail(badly));
        const std::exception_ptr error = outcome.error();
        std::println("{} says: {}", asyncio::type_name(error), asyncio::message(error));
        std::println("a ValueError: {}", asyncio::is<asyncio::ValueError>(error));
    }
}

int main() { asyncio::run(amain()); }
