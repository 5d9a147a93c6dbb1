// A rate-limited client: a token bucket, a semaphore, and respect for 429
#include <algorithm>
#include <asyncio.hpp>
#include <print>
namespace http = asyncio::http;

// Gives out a fixed number of tokens per second; a task that comes too early waits in line.
class TokenBucket {
public:
    explicit TokenBucket(double per_second) : per_second_(per_second) {}
    asyncio::Coro<> take() {
        auto turn = co_await line_.scoped();
        const double now = asyncio::get_running_loop().time();
        const double when = std::max(now, next_);
        next_ = when + 1 / per_second_;
        co_await asyncio::sleep(when - now);
    }

private:
    asyncio::Lock line_;
    double per_second_;
    double next_ = 0;
};

class PoliteClient {
public:
    asyncio::Coro<int> get(std::string url) {
        auto slot = co_await slots_.scoped();
        for (;;) {
            co_await bucket_.take();
            auto response = co_await session_.get(url);
            if (response.status() != 429) co_return response.status();
            const std::string pause = response.headers().get("Retry-After").value_or("1");
            if (!told_) std::println("told to come back in {} s", pause);
            told_ = true;
            co_await asyncio::sleep(std::stod(pause));
        }
    }

private:
    http::ClientSession session_;
    TokenBucket bucket_{8};
    asyncio::Semaphore slots_{3};
    bool told_ = false;
};

const std::string url = "https://httpbin.test/rate-limit/10/1"; // ten requests a second

asyncio::Coro<int> careless(http::ClientSession& session) {
    auto response = co_await session.get(url);
    co_return response.status();
}

void report(std::string_view who, const std::vector<int>& statuses) {
    std::println("{}: {} served, {} refused", who, std::ranges::count(statuses, 200), std::ranges::count(statuses, 429));
}

asyncio::Coro<> amain() {
    http::ClientSession session;
    std::vector<asyncio::Coro<int>> burst;
    for (int i = 0; i < 15; ++i) burst.push_back(careless(session));
    report("careless", co_await asyncio::gather(std::move(burst)));

    PoliteClient client;
    std::vector<asyncio::Coro<int>> paced;
    for (int i = 0; i < 15; ++i) paced.push_back(client.get(url));
    report("polite", co_await asyncio::gather(std::move(paced)));
}

int main() {
    asyncio::run(amain());
}
