// A minute later: on a clock that leaps
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<> amain() {
    std::println("{}", co_await asyncio::sleep(1min, std::string("the tea is ready")));
}

int main() { asyncio::run(amain()); }
