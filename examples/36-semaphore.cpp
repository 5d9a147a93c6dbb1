// Semaphores: a limited number at a time, and a check against releasing too often
#include <algorithm>
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

struct Pool {
    asyncio::BoundedSemaphore lanes{3};
    int swimmers = 0;
    int most = 0;
};

asyncio::Coro<> swim(Pool& pool) {
    auto lane = co_await pool.lanes.scoped();
    pool.most = std::max(pool.most, ++pool.swimmers);
    co_await asyncio::sleep(10ms);
    --pool.swimmers;
}

asyncio::Coro<> amain() {
    Pool pool;
    std::vector<asyncio::Coro<>> day;
    for (int i = 0; i < 10; ++i) day.push_back(swim(pool));
    co_await asyncio::gather(std::move(day));
    std::println("10 came, at most {} swam at once", pool.most);

    for (int lane = 0; lane < 3; ++lane) co_await pool.lanes.acquire();
    std::println("all lanes taken: {}", pool.lanes.locked());
    for (int lane = 0; lane < 3; ++lane) pool.lanes.release();
    try {
        pool.lanes.release(); // one too many: a mistake that Semaphore would not detect
    } catch (const asyncio::ValueError&) {
        std::println("a release too many is refused");
    }
}

int main() {
    asyncio::run(amain());
}
