// A rate limit: a token bucket lets a burst through, then a fixed number per second
#include <algorithm>
#include <asyncio.hpp>
#include <cmath>
#include <print>
using namespace std::chrono_literals;

class RateLimit {
public:
    RateLimit(int burst, double per_second) : tokens_(burst), burst_(burst), per_second_(per_second) {}

    // Takes a token; if there is none, the task waits in line for the next.
    asyncio::Coro<> take() {
        auto turn = co_await line_.scoped();
        refill();
        if (tokens_ < 1) {
            co_await asyncio::sleep((1 - tokens_) / per_second_);
            refill();
        }
        tokens_ -= 1;
    }

private:
    void refill() {
        const double now = asyncio::get_running_loop().time();
        tokens_ = std::min<double>(burst_, tokens_ + (now - filled_) * per_second_);
        filled_ = now;
    }

    asyncio::Lock line_;
    double tokens_;
    double burst_;
    double per_second_;
    double filled_ = asyncio::get_running_loop().time();
};

asyncio::Coro<> call(int number, RateLimit& limit, double start) {
    co_await limit.take();
    // Rounded down to tenths of a second, so that the output is the same each time.
    const double when = std::floor((asyncio::get_running_loop().time() - start) * 10 + 0.1) / 10;
    std::println("call {} after {:.1f} s", number, when);
}

asyncio::Coro<> amain() {
    RateLimit limit(3, 5); // three at once, then five a second
    const double start = asyncio::get_running_loop().time();
    std::vector<asyncio::Coro<>> calls;
    for (int number = 1; number <= 6; ++number) calls.push_back(call(number, limit, start));
    co_await asyncio::gather(std::move(calls));
}

int main() {
    asyncio::run(amain());
}
