// error: pass the coroutine to create_task() first
#include <asyncio.hpp>

asyncio::Coro<int> work() {
    co_return 1;
}

asyncio::Coro<> test() {
#ifdef MISTAKE
    std::vector<asyncio::Coro<int>> works;
    works.push_back(work());
    co_await asyncio::wait(works);
#else
    std::vector<asyncio::Task<int>> works;
    works.push_back(asyncio::create_task(work()));
    co_await asyncio::wait(works);
#endif
}
