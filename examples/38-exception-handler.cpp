// The loop's exception handler: one place for the errors that nobody caught
#include <asyncio.hpp>
#include <print>
#include <stdexcept>
using namespace std::chrono_literals;

asyncio::Coro<> send_mail() {
    co_await asyncio::sleep(10ms);
    throw std::runtime_error("no such mailbox");
}

void report(asyncio::EventLoop&, const asyncio::ExceptionContext& context) {
    try {
        std::rethrow_exception(context.exception);
    } catch (const std::exception& error) {
        std::println("LOG {}", error.what());
    }
    // What went wrong, and where: the task or the callback, with its source location.
    std::println(stderr, "{}\n  {}", context.message, context.source);
}

asyncio::Coro<> amain() {
    asyncio::EventLoop& loop = asyncio::get_running_loop();
    loop.set_exception_handler(report);

    { // Nobody retrieves this task's result: its error is reported when the last handle is destroyed.
        auto mail = asyncio::create_task(send_mail());
        co_await asyncio::wait(mail);
    }

    // Nobody awaits a callback either.
    loop.call_soon([] { throw std::out_of_range("no such key"); });
    co_await asyncio::sleep(10ms);
    std::println("the program goes on");
}

int main() {
    asyncio::run(amain());
}
