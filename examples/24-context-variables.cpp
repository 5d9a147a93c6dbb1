// Context variables: every task has its own value, and whoever it calls sees it
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

const asyncio::ContextVar<std::string> client("client");
const asyncio::ContextVar<int> depth("depth", 0);

// The client's name is not passed as an argument.
void log(std::string_view text) {
    std::println("[{}] {:>{}}", client.get("nobody"), text, text.size() + 2 * depth.get());
}

asyncio::Coro<> look_up() {
    auto deeper = depth.scoped(depth.get() + 1);
    log("looking up");
    co_await asyncio::sleep(10ms);
    log("found");
}

asyncio::Coro<> handle(std::string name) {
    client.set(name);
    log("hello");
    co_await look_up();
    log("good bye");
}

asyncio::Coro<> amain() {
    co_await asyncio::gather(handle("ann"), handle("bob"));
    log("both are gone");

    // A context can be kept, and functions can run in it.
    asyncio::Context context = asyncio::copy_context();
    co_await asyncio::create_task(handle("eve"), {.context = context});
    context.run([] { log("still known here"); });
}

int main() { asyncio::run(amain()); }
