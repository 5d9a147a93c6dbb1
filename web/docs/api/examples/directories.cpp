// Directories: made, listed, searched and removed
#include <asyncio.hpp>
#include <print>
namespace files = asyncio::files;

asyncio::Coro<> write(std::string path) {
    co_await asyncio::async_with(files::open(path, "w"), [](files::File& file) -> asyncio::Coro<> {
        co_await file.write("some words\n");
    });
}

asyncio::Coro<> amain() {
    std::println("in a directory of its own: {}", !(co_await files::getcwd()).empty());
    co_await files::mkdir("album");
    co_await files::makedirs("album/2026/may", files::MakedirsOptions{.exist_ok = true});
    co_await write("album/cover.txt");
    co_await write("album/2026/may/lake.txt");

    for (const auto& name : co_await files::listdir("album")) std::println("album has {}", name);
    const files::GlobOptions below{.root_dir = "album", .recursive = true};
    for (const auto& path : co_await files::glob("**/*.txt", below)) std::println("found {}", path);

    co_await files::remove("album/2026/may/lake.txt");
    co_await files::rmdir("album/2026/may"); // only an empty one
    co_await files::rmtree("album");         // with all that is in it
    std::println("still there: {}", co_await files::exists("album"));
}

int main() { asyncio::run(amain()); }
