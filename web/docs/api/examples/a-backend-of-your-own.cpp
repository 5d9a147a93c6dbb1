// A backend of your own: one that counts how often the loop waits
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

class Counting final : public asyncio::VirtualClock {
public:
    void wait(asyncio::EventLoop& loop, std::optional<double> timeout) override {
        if (timeout.value_or(1) > 0) std::println("nothing is ready at {:.1f} s", time());
        VirtualClock::wait(loop, timeout);
    }
};

asyncio::Coro<> amain() {
    asyncio::Backend& backend = asyncio::get_running_loop().backend();
    const double begun = backend.time();
    co_await asyncio::sleep(1h);
    co_await asyncio::sleep(30min);
    std::println("{:.1f} hours by its clock", (backend.time() - begun) / 3600);
}

asyncio::Coro<std::string> nap() { co_return co_await asyncio::sleep(1ms, std::string("and the usual one")); }

int main() {
    asyncio::run(amain(), {.loop_factory = [] {
                     return std::make_unique<asyncio::EventLoop>(std::make_unique<Counting>());
                 }});

    asyncio::EventLoop usual(asyncio::make_default_backend());
    std::println("{}", usual.run_until_complete(nap()));
}
