// A circuit breaker: a service that keeps failing is not called for a while
#include <asyncio.hpp>
#include <print>
#include <stdexcept>
using namespace std::chrono_literals;
namespace http = asyncio::http;

class CircuitOpen : public std::runtime_error {
    using runtime_error::runtime_error;
};

class CircuitBreaker {
public:
    CircuitBreaker(int most_failures, asyncio::Delay rest) : most_failures_(most_failures), rest_(rest) {}

    template <class F> auto call(F function) -> decltype(function()) {
        if (failures_ >= most_failures_) {
            if (now() < open_until_) throw CircuitOpen("not asked: the circuit is open");
            std::println("(half open: one may try)");
        }
        try {
            auto result = co_await function();
            failures_ = 0;
            co_return result;
        } catch (const http::ClientError&) {
            if (++failures_ >= most_failures_) open_until_ = now() + rest_.seconds();
            throw;
        }
    }

private:
    static double now() { return asyncio::get_running_loop().time(); }

    int most_failures_;
    asyncio::Delay rest_;
    int failures_ = 0;
    double open_until_ = 0;
};

asyncio::Coro<int> ask(http::ClientSession& session, int status) {
    auto response = co_await session.get("https://httpbin.test/status/" + std::to_string(status));
    response.raise_for_status();
    co_return response.status();
}

asyncio::Coro<> amain() {
    http::ClientSession session;
    CircuitBreaker breaker(2, 500ms);
    const auto attempt = [&](int answer) -> asyncio::Coro<> {
        try {
            std::println("{}", co_await breaker.call([&] { return ask(session, answer); }));
        } catch (const std::exception& error) {
            std::println("{}", error.what());
        }
    };
    for (int answer : {200, 500, 500, 200}) co_await attempt(answer);
    co_await asyncio::sleep(600ms);
    for (int answer : {200, 200}) co_await attempt(answer);
}

int main() {
    asyncio::run(amain());
}
