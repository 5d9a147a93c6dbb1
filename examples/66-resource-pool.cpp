// A pool: what is dear to open is lent, and comes back however its use ends
#include <asyncio.hpp>
#include <print>
#include <stdexcept>
using namespace std::chrono_literals;

class Pool {
public:
    explicit Pool(int size) {
        for (int number = 1; number <= size; ++number) free_.put_nowait(number);
    }

    // A context manager: `body` is called with a connection, which goes back when it ends.
    template <class F> asyncio::Coro<> with_connection(F body) {
        const int connection = co_await free_.get();
        co_await asyncio::async_with(asyncio::AsyncExitStack(), [&](asyncio::AsyncExitStack& stack) -> asyncio::Coro<> {
            stack.callback([this, connection] { free_.put_nowait(connection); });
            co_await body(connection);
        });
    }

    std::size_t free() const { return free_.qsize(); }

private:
    asyncio::Queue<int> free_;
};

asyncio::Coro<> query(Pool& pool, std::string what) {
    try {
        co_await pool.with_connection([&](int connection) -> asyncio::Coro<> {
            std::println("{} over connection {}", what, connection);
            co_await asyncio::sleep(20ms);
            if (what == "nonsense") throw std::invalid_argument("syntax error");
        });
    } catch (const std::invalid_argument& error) {
        std::println("{}: {}", what, error.what());
    }
}

asyncio::Coro<> amain() {
    Pool pool(2);
    co_await asyncio::gather(query(pool, "users"), query(pool, "nonsense"), query(pool, "orders"), query(pool, "prices"));
    std::println("{} connections are free", pool.free());
}

int main() {
    asyncio::run(amain());
}
