// Futures of any type: their state, their error, and a callback taken back
#include <asyncio.hpp>
#include <print>
#include <vector>

void tell(const std::string& name, const asyncio::AnyFuture& future) {
    const asyncio::FutureState state = future.ref()->state();
    const bool failed = future.done() && !future.cancelled() && future.exception() != nullptr;
    std::println("{} is {}{}", name, asyncio::to_string(state), failed ? ", with an error" : "");
}

asyncio::Coro<> amain() {
    asyncio::Future<int> number;
    asyncio::Future<std::string> text;
    asyncio::Future<> nothing;

    asyncio::DoneCallbackId shout = number.add_done_callback([] { std::println("never heard"); });
    number.add_done_callback(
        [](const asyncio::Future<int>& done) { std::println("it is {}", done.result()); });
    std::println("{} callback removed", number.remove_done_callback(shout));

    number.set_result(42);
    text.set_exception(asyncio::ValueError("no such text"));
    co_await asyncio::sleep(0);

    tell("the number", number);
    tell("the text", text);
    tell("nothing", nothing);
    nothing.cancel("not needed any more");
    tell("nothing", nothing);
}

int main() { asyncio::run(amain()); }
