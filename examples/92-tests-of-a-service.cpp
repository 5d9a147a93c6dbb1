// Tests of a service: mocks in the place of its clients, on a clock that takes no time
#include <asyncio.hpp>
#include <asyncio/testing.hpp>
#include <functional>
#include <print>
#include <string>
namespace testing = asyncio::testing;
using namespace std::chrono_literals;
using testing::ANY, testing::call;

struct Clients {
    std::function<asyncio::Coro<int>(std::string)> price;
    std::function<asyncio::Coro<std::string>(std::string, int)> charge;
    std::function<asyncio::Coro<>(std::string, std::string)> mail;
};

// The service under test: it gets its clients from outside.
class Orders {
public:
    explicit Orders(Clients clients) : clients_(std::move(clients)) {}

    asyncio::Coro<std::string> place(std::string customer, std::string article) {
        const int price = co_await clients_.price(article);
        const std::string receipt = co_await charge_with_retry(customer, price);
        co_await clients_.mail(customer, "receipt " + receipt);
        co_return receipt;
    }

private:
    asyncio::Coro<std::string> charge_with_retry(std::string customer, int price) {
        for (int attempt = 1;; ++attempt) {
            try {
                co_return co_await asyncio::wait_for(clients_.charge(customer, price), 10s);
            } catch (const asyncio::ConnectionError&) {
                if (attempt == 3) throw;
            }
            co_await asyncio::sleep(attempt * 1s);
        }
    }

    Clients clients_;
};

struct Mocks {
    testing::AsyncMock<int(std::string)> price{"price"};
    testing::AsyncMock<std::string(std::string, int)> charge{"charge"};
    testing::AsyncMock<void(std::string, std::string)> mail{"mail"};

    Mocks() {
        price.return_value(450);
        charge.return_value("R1");
    }
    Orders orders() const { return Orders({price, charge, mail}); }
};

template <class E> asyncio::Coro<> expect_error(asyncio::Coro<std::string> order) {
    const auto outcome = co_await asyncio::outcome(std::move(order));
    if (outcome || !asyncio::is<E>(outcome.error())) throw testing::AssertionError("it raised another error, or none");
}

asyncio::Coro<> mails_the_receipt() {
    const Mocks mocks;
    Orders orders = mocks.orders();
    co_await orders.place("Ada", "tea");
    mocks.price.assert_awaited_once_with("tea");
    mocks.charge.assert_awaited_once_with("Ada", 450);
    mocks.mail.assert_awaited_once_with("Ada", "receipt R1");
}

asyncio::Coro<> charges_again_when_the_bank_is_down() {
    const Mocks mocks;
    mocks.charge.side_effect({asyncio::ConnectionError("down"), asyncio::ConnectionError("down"), "R3"});
    Orders orders = mocks.orders();
    co_await orders.place("Ada", "tea");
    mocks.charge.assert_has_awaits({call("Ada", 450), call("Ada", 450), call("Ada", ANY)});
    mocks.mail.assert_awaited_once_with("Ada", "receipt R3");
}

asyncio::Coro<> gives_up_after_three_attempts() {
    const Mocks mocks;
    mocks.charge.side_effect(asyncio::ConnectionError("down"));
    Orders orders = mocks.orders();
    co_await expect_error<asyncio::ConnectionError>(orders.place("Ada", "tea"));
    mocks.mail.assert_not_awaited();
}

asyncio::Coro<> does_not_wait_for_a_slow_bank() {
    const Mocks mocks;
    mocks.charge.side_effect([](std::string, int) -> asyncio::Coro<std::string> {
        co_await asyncio::sleep(1h);
        co_return "too late";
    });
    Orders orders = mocks.orders();
    co_await expect_error<asyncio::TimeoutError>(orders.place("Ada", "tea"));
    mocks.mail.assert_not_called();
}

asyncio::Coro<> charges_the_price_of_the_article() {
    const Mocks mocks;
    mocks.price.side_effect([](std::string article) { return article == "tea" ? 450 : 600; });
    Orders orders = mocks.orders();
    co_await asyncio::gather(orders.place("Ada", "tea"), orders.place("Bob", "pie"));
    mocks.charge.assert_has_awaits({call("Bob", 600), call("Ada", 450)}, {.any_order = true});
}

// This test is wrong: the failure says what it expected, and what happened.
asyncio::Coro<> never_charges_twice() {
    const Mocks mocks;
    mocks.charge.side_effect({asyncio::ConnectionError("down"), "R2"});
    Orders orders = mocks.orders();
    co_await orders.place("Ada", "tea");
    mocks.charge.assert_awaited_once_with("Ada", 450);
}

asyncio::Coro<double> timed(asyncio::Coro<> body) {
    co_await std::move(body);
    co_return asyncio::get_running_loop().time();
}

void test(std::string name, asyncio::Coro<> body) {
    try {
        std::println("ok     {} ({:.0f} s)", name, testing::run_test(timed(std::move(body))));
    } catch (const testing::AssertionError& error) {
        std::println("FAILED {}: {}", name, error.what());
    }
}

int main() {
    test("mails the receipt", mails_the_receipt());
    test("charges again when the bank is down", charges_again_when_the_bank_is_down());
    test("gives up after three attempts", gives_up_after_three_attempts());
    test("does not wait for a slow bank", does_not_wait_for_a_slow_bank());
    test("charges the price of the article", charges_the_price_of_the_article());
    test("never charges twice", never_charges_twice());
}
