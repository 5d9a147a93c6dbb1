// A pool: resources that are expensive to open are reused, and returned however their use ends
#include <asyncio.hpp>
#include <print>
#include <stdexcept>
using namespace std::chrono_literals;

class Pool {
public:
    explicit Pool(int size) {
        for (int number = 1; number <= size; ++number) free_.put_nowait(number);
    }

    // A context manager: lends a connection, which is returned when its block ends.
    asyncio::AsyncGenerator<int> connection() {
        const Loan loan{free_, co_await free_.get()};
        co_yield loan.connection;
    }

    std::size_t free() const { return free_.qsize(); }

private:
    struct Loan {
        asyncio::Queue<int>& free;
        int connection;
        ~Loan() { free.put_nowait(connection); }
    };

    asyncio::Queue<int> free_;
};

asyncio::Coro<> query(Pool& pool, std::string what) {
    try {
        co_await asyncio::async_with(asyncio::asynccontextmanager(pool.connection()), [&](int connection) -> asyncio::Coro<> {
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
