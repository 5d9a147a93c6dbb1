// Retry with exponential backoff
#include <asyncio.hpp>
#include <print>
#include <stdexcept>
using namespace std::chrono_literals;

class Unreliable {
public:
    asyncio::Coro<std::string> call() {
        co_await asyncio::sleep(10ms);
        if (++calls_ < 4) throw std::runtime_error("busy");
        co_return "served";
    }

private:
    int calls_ = 0;
};

template <class F> auto retry(F attempt, int attempts, std::chrono::milliseconds pause) -> decltype(attempt()) {
    for (int number = 1;; ++number, pause *= 2) {
        try {
            co_return co_await attempt();
        } catch (const std::exception& error) {
            if (number == attempts) throw;
            std::println("attempt {} failed: {}; again in {}", number, error.what(), pause);
        }
        co_await asyncio::sleep(pause);
    }
}

asyncio::Coro<> amain() {
    Unreliable service;
    std::println("{}", co_await retry([&] { return service.call(); }, 5, 20ms));
}

int main() {
    asyncio::run(amain());
}
