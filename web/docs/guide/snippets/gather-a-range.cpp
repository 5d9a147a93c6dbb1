// gather over a range: as many as there are, and the results in their order
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<std::size_t> length_of(std::string word) {
    co_await asyncio::sleep(std::chrono::milliseconds(100 / word.size()));
    co_return word.size();
}

asyncio::Coro<> amain() {
    std::vector<asyncio::Coro<std::size_t>> lengths;
    for (std::string word : {"to", "measure", "words"}) lengths.push_back(length_of(word));
    for (std::size_t length : co_await asyncio::gather(std::move(lengths))) std::println("{}", length);
}

int main() {
    asyncio::run(amain());
}
