// Barriers: nobody goes on before all are there
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<> hiker(std::string name, std::chrono::milliseconds pace, asyncio::Barrier& hut) {
    for (int day = 1; day <= 2; ++day) {
        co_await asyncio::sleep(pace);
        std::println("{} reaches hut {}", name, day);
        co_await hut.wait();
        std::println("{} goes on from hut {}", name, day);
    }
}

asyncio::Coro<> amain() {
    asyncio::Barrier hut(2);
    co_await asyncio::gather(hiker("fox", 20ms, hut), hiker("snail", 80ms, hut));
}

int main() {
    asyncio::run(amain());
}
