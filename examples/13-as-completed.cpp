// as_completed and wait: results as they come
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<std::string> letter(std::string text, std::chrono::milliseconds takes) {
    co_await asyncio::sleep(takes);
    co_return text;
}

asyncio::Coro<> amain() {
    std::vector<asyncio::Coro<std::string>> letters;
    letters.push_back(letter("from the coast", 90ms));
    letters.push_back(letter("from the city", 30ms));
    letters.push_back(letter("from the hills", 60ms));
    auto post = asyncio::as_completed(std::move(letters));
    while (auto text = co_await post.next()) std::println("{}", *text);

    std::vector racers{asyncio::create_task(letter("tortoise", 500ms), "tortoise"),
                       asyncio::create_task(letter("hare", 50ms), "hare")};
    auto [done, pending] = co_await asyncio::wait(racers, {.return_when = asyncio::FIRST_COMPLETED});
    std::println("first: {}, still running: {}", done[0].result(), pending[0].get_name());
    for (auto& task : pending) task.cancel();
}

int main() {
    asyncio::run(amain());
}
