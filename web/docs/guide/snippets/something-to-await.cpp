// Something of your own to await: a class with operator co_await
#include <asyncio.hpp>
#include <print>
#include <vector>

// A gate that opens once, for all who wait at it.
class Gate {
public:
    void open() {
        if (!opened_.done()) opened_.set_result();
    }
    auto operator co_await() const { return opened_.operator co_await(); }

private:
    asyncio::Future<> opened_;
};

asyncio::Coro<> visitor(int number, const Gate& gate) {
    co_await gate;
    std::println("visitor {} is in", number);
}

asyncio::Coro<> amain() {
    const auto loop_time = [] { return asyncio::get_running_loop().time(); };
    Gate gate;
    const double start = loop_time();
    asyncio::get_running_loop().call_later(0.05, [&] { gate.open(); });
    co_await asyncio::gather(visitor(1, gate), visitor(2, gate));
    std::println("they waited: {}", loop_time() - start >= 0.05);
}

int main() {
    asyncio::run(amain());
}
