// Notes that last: a file that is there again in the next run
#include <asyncio.hpp>
#include <print>
namespace files = asyncio::files;

asyncio::Coro<> amain() {
    const std::string path = "guide-notes.txt";
    co_await asyncio::async_with(files::open(path, "w"), [](files::File& file) -> asyncio::Coro<> {
        co_await file.write("bread\n");
        co_await file.write("milk\n");
    });
    co_await asyncio::async_with(files::open(path, "a"), [](files::File& file) -> asyncio::Coro<> {
        co_await file.write("tea\n");
    });

    files::File notes = co_await files::open(path);
    while (auto line = co_await notes.next()) std::print("- {}", *line);
    std::println("{} bytes are kept", co_await files::getsize(path));
}

int main() {
    asyncio::run(amain());
}
