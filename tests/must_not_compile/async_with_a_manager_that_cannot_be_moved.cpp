// error: pass a lambda that returns it
#include <asyncio.hpp>

#include <exception>

struct Manager {
    Manager() = default;
    Manager(const Manager&) = delete;
    void aenter() {
    }
    void aexit(const std::exception_ptr&) {
    }
};

asyncio::Coro<> test() {
    const auto body = []() -> asyncio::Coro<> { co_return; };
#ifdef MISTAKE
    co_await asyncio::async_with(Manager(), body);
#else
    co_await asyncio::async_with([] { return Manager(); }, body);
#endif
}
