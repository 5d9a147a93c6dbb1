// Context managers: a resource of your own for async_with
#include <asyncio.hpp>
#include <print>
#include <stdexcept>
using namespace std::chrono_literals;

class Connection {
public:
    explicit Connection(std::string host) : host_(std::move(host)) {}
    asyncio::Coro<std::string> ask(std::string question) {
        co_await asyncio::sleep(20ms);
        if (question.empty()) throw std::invalid_argument("nothing was asked");
        co_return host_ + " answers: " + question + "? Yes.";
    }
    asyncio::Coro<Connection&> aenter() {
        co_await asyncio::sleep(20ms);
        std::println("connected to {}", host_);
        co_return *this;
    }
    asyncio::Coro<> aexit(std::exception_ptr error) {
        co_await asyncio::sleep(20ms);
        std::println("disconnected {}", error ? "after an error" : "in peace");
    }

private:
    std::string host_;
};

asyncio::Coro<> amain() {
    for (std::string question : {"is it raining", ""}) {
        try {
            std::println("{}", co_await asyncio::async_with(
                                   Connection("weather.test"), [&](Connection& connection) { return connection.ask(question); }));
        } catch (const std::exception& error) {
            std::println("{}", error.what());
        }
    }
}

int main() {
    asyncio::run(amain());
}
