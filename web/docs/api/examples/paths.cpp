// Paths: what is there, how large it is, and another name for it
#include <asyncio.hpp>
#include <print>
namespace files = asyncio::files;

asyncio::Coro<> write(std::string path, std::string text) {
    files::File file = co_await files::open(std::move(path), "w");
    co_await file.write(std::move(text));
    co_await file.close();
}

asyncio::Coro<> amain() {
    co_await write("draft.txt", "Dear reader");
    const files::Stat draft = co_await files::stat("draft.txt");
    std::println("{} bytes, a file: {}", draft.size, draft.is_file());
    std::println("{} {}", co_await files::isfile("draft.txt"), co_await files::isdir("draft.txt"));

    co_await files::rename("draft.txt", "letter.txt");
    std::println("draft: {}, letter: {}", co_await files::exists("draft.txt"),
                 co_await files::exists("letter.txt"));

    co_await write("better.txt", "Dear friend");
    co_await files::replace("better.txt", "letter.txt"); // over what is there
    std::println("{}", co_await (co_await files::open("letter.txt")).read());

    co_await files::remove("letter.txt");
    co_await write("note.txt", "");
    co_await files::unlink("note.txt"); // the same under its other name
    std::println("left: {}", co_await files::exists("letter.txt") || co_await files::exists("note.txt"));
}

int main() { asyncio::run(amain()); }
