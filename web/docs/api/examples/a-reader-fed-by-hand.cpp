// A reader fed by hand: a parser tried without a network
#include <asyncio.hpp>
#include <print>

asyncio::Coro<int> sum_of_lines(asyncio::StreamReader reader) {
    int sum = 0;
    while (auto line = co_await reader.next()) sum += std::stoi(*line);
    co_return sum;
}

asyncio::Coro<> amain() {
    asyncio::StreamReader reader = asyncio::make_stream_reader();
    auto sum = asyncio::create_task(sum_of_lines(reader));
    for (const char* piece : {"1", "0\n2", "0\n", "12"}) {
        reader.feed_data(piece);
        co_await asyncio::sleep(0);
    }
    reader.feed_eof();
    std::println("{}", co_await sum);
}

int main() { asyncio::run(amain()); }
