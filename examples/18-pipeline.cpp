// A pipeline: stages joined by queues
#include <asyncio.hpp>
#include <cctype>
#include <print>
#include <sstream>
using namespace std::chrono_literals;

using Words = asyncio::Queue<std::string>;

asyncio::Coro<> split(std::string text, Words& out) {
    std::istringstream words(text);
    for (std::string word; words >> word;) co_await out.put(word);
    out.shutdown();
}

template <class F> asyncio::Coro<> stage(Words& in, Words& out, F change) {
    try {
        for (;;) co_await out.put(change(co_await in.get()));
    } catch (const asyncio::QueueShutDown&) {
        out.shutdown();
    }
}

asyncio::Coro<> print(Words& in) {
    try {
        for (;;) std::println("{}", co_await in.get());
    } catch (const asyncio::QueueShutDown&) {
    }
}

asyncio::Coro<> amain() {
    Words words(1), upper(1), marked(1);
    co_await asyncio::gather(
        split("coroutines make good pipes", words),
        stage(words, upper, [](std::string word) {
            for (char& c : word) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
            return word;
        }),
        stage(upper, marked, [](std::string word) { return "* " + word; }),
        print(marked));
}

int main() {
    asyncio::run(amain());
}
