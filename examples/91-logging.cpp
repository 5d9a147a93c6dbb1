// Logging: levels, names, tasks, and what the event loop reports
#include <asyncio.hpp>
#include <asyncio/logging.hpp>
#include <print>
#include <string>
namespace logging = asyncio::logging;

asyncio::Coro<> order(int number) {
    auto logger = logging::getLogger("shop.orders");
    logger.info("order {} arrives", number);
    try {
        co_await asyncio::sleep(0.1);
        if (number == 2) throw asyncio::ValueError("no such article");
        logger.debug("order {} is packed", number);
    } catch (const asyncio::ValueError&) {
        logger.exception("order {} failed", number);
    }
}

asyncio::Coro<> amain() {
    co_await asyncio::gather(asyncio::create_task(order(1), "first"), asyncio::create_task(order(2), "second"));

    // The names are a tree: "shop" is above "shop.orders".
    logging::getLogger("shop").setLevel("DEBUG");
    co_await order(3);

    // A callback that raises: the loop reports it to the logger "asyncio".
    asyncio::get_running_loop().call_exception_handler(
        {.message = "Exception in callback", .exception = std::make_exception_ptr(asyncio::ValueError("oops"))});
    logging::getLogger("asyncio").setLevel(logging::CRITICAL);
    asyncio::get_running_loop().call_exception_handler({.message = "not shown"});
}

int main() {
    logging::basicConfig({
        .level = logging::INFO,
        .format = "%(levelname)-5s %(name)-11s %(taskName)-6s %(message)s",
        .stream = stdout,
    });
    asyncio::run(amain());
    logging::warning("outside of tasks");
}
