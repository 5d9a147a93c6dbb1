// error: gather() of ranges needs results of one type
#include <asyncio.hpp>

#include <string>
#include <vector>

asyncio::Coro<> test(std::vector<asyncio::Task<int>> numbers, std::vector<asyncio::Task<std::string>> texts) {
#ifdef MISTAKE
    co_await asyncio::gather(numbers, texts);
#else
    co_await asyncio::gather(asyncio::gather(numbers), asyncio::gather(texts));
#endif
}
