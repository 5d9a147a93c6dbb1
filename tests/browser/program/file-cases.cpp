// Programs that use files; arguments: a case, and its own arguments.

#include <asyncio.hpp>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <print>
#include <string>
#include <vector>

using namespace asyncio;
using files::File;

namespace {

std::string argument;

Coro<> write(std::string path, std::string text, std::string mode = "w") {
    co_await async_with(files::open(path, mode), [&](File& file) -> Coro<> { co_await file.write(text); });
}

Coro<std::string> read(std::string path) {
    File file = co_await files::open(path);
    co_return co_await file.read();
}

/// The file's content as plain C++ reads it.
std::string plain(const std::string& path) {
    std::ifstream in(path);
    return in ? std::string(std::istreambuf_iterator<char>(in), {}) : "cannot be opened";
}

Coro<> told(std::string what, Coro<> call) {
    try {
        co_await std::move(call);
        std::println("{}: nothing", what);
    } catch (const Error&) {
        std::println("{}: {}", what, describe(std::current_exception()));
    }
}

/// The name of an error that has only a number.
std::string kind(const OSError& error) {
    switch (error.number()) {
    case EMFILE: return "too many open files";
    case ENAMETOOLONG: return "too long";
    case ENOSPC: return "no room";
    default: return error.what();
    }
}

Coro<> clear() {
    for (const std::string& name : co_await files::listdir()) std::filesystem::remove_all(name);
}

Coro<> show() {
    for (const std::string& path : co_await files::glob("**", {.recursive = true})) {
        if (co_await files::isdir(path))
            std::println("{}/", path);
        else
            std::println("{} = {}", path, co_await read(path));
    }
}

Coro<> show_plainly() {
    std::print("{}", plain(argument));
    co_return;
}

Coro<> write_and_append() {
    co_await write("a.txt", "one\n");
    co_await write("a.txt", "two\n", "a");
}

Coro<> both_directions() {
    co_await write("async.txt", "by files");
    std::ofstream("plain.txt") << "by ofstream";
    std::println("{}, {}", plain("async.txt"), co_await read("plain.txt"));
}

/// Ends in one of several ways, with a file left open.
Coro<> leave_open() {
    std::ofstream& left = *new std::ofstream("left.txt");
    left << "flushed" << std::flush << ", not flushed";
    if (argument == "abort") std::abort();
    if (argument == "exit") std::exit(0);
    if (argument == "throw") throw std::runtime_error("thrown");
    co_return;
}

Coro<> spin_after_a_flush() {
    std::ofstream out("busy.txt");
    out << "first" << std::flush;
    out << " second" << std::endl;
    std::ofstream closed("closed.txt");
    closed << "closed";
    closed.close();
    out << std::string(100'000, 'x');
    std::println("spinning");
    for (volatile int i = 0;; i = i + 1) {
    }
    co_return;
}

Coro<> make_tree() {
    co_await clear();
    co_await files::makedirs("d/e");
    co_await write("d/e/f", "f");
    co_await write("d/g", "ggggg");
    co_await write("gone", "x");
    co_await write("over", "old");
    co_await write("new", "new");
    co_await files::mkdir("empty");
}

Coro<> change_tree() {
    co_await files::rename("d", "moved");
    co_await files::remove("gone");
    co_await files::replace("new", "over");
    std::filesystem::create_directories("plain/one");
    std::filesystem::rename("moved/g", "plain/one/g");
    std::filesystem::resize_file("plain/one/g", 3);
}

Coro<> remove_tree() {
    co_await files::rmtree("moved");
    co_await files::rmdir("empty");
}

Coro<> change_the_middle() {
    co_await clear();
    co_await write("m", "0123456789");
    File file = co_await files::open("m", "r+");
    co_await file.seek(2);
    co_await file.write("AB");
    co_await file.close();
}

Coro<> cut_and_grow() {
    File file = co_await files::open("m", "r+");
    co_await file.truncate(3);
    co_await file.seek(5);
    co_await file.write("Z");
    co_await file.close();
}

const std::vector<std::string> odd_names = {"naïve ☕.txt", "constructor", "__proto__", "a\\b", " ",
                                            ".hidden",      "'\""};

std::string all_bytes() {
    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<char>(i));
    return bytes;
}

Coro<> write_odd_names() {
    co_await clear();
    for (const std::string& name : odd_names) co_await write(name, name + all_bytes());
}

Coro<> read_odd_names() {
    int right = 0;
    for (const std::string& name : odd_names) right += co_await read(name) == name + all_bytes() ? 1 : 0;
    std::print("{} of {}", right, (co_await files::listdir()).size());
}

Coro<> write_large() {
    co_await clear();
    co_await write("large", std::string(40'000'000, 'x') + "end");
}

Coro<> read_large() {
    std::ifstream in("large");
    in.seekg(-3, std::ios::end);
    std::string end;
    in >> end;
    std::print("{} {}", end, co_await files::getsize("large"));
    co_await files::remove("large");
}

Coro<> say_started() {
    std::print("started");
    co_return;
}

Coro<> temporary() {
    if (argument == "write") co_await write("/tmp/t", "t");
    std::print("{}", co_await files::exists("/tmp/t"));
}

Coro<> errors() {
    co_await clear();
    co_await write("f", "x");
    co_await files::mkdir("d");
    const auto open = [](std::string path, std::string mode = "r") -> Coro<> {
        co_await files::open(path, mode);
    };
    co_await told("missing", open("missing"));
    co_await told("empty", open(""));
    co_await told("directory", open("d"));
    co_await told("below a file", open("f/g", "w"));
    co_await told("there already", open("f", "x"));
    co_await told("outside", open("../outside", "w"));
    co_await told("far outside", open("d/../../../etc/passwd"));
    co_await told("NUL", open(std::string("a\0b", 3), "w"));
    co_await told("mode", open("f", "rw"));
    co_await told("no directory", files::rmdir("missing"));
    co_await told("link", []() -> Coro<> {
        std::error_code error;
        std::filesystem::create_symlink("f", "link", error);
        if (error) throw PermissionError(error.value(), "link");
        co_return;
    }());
    std::println("inside: {}", co_await read("d/../f"));
}

Coro<> long_names() {
    for (const std::size_t length : {255, 256, 5000}) {
        const std::string name(length, 'n');
        try {
            co_await write(name, "x");
            std::print("{}, ", co_await read(name));
            co_await files::remove(name);
        } catch (const OSError& error) {
            std::print("{}, ", kind(error));
        }
        std::ofstream out(name);
        std::println("{}", out ? "made" : "failed");
        std::error_code ignored;
        std::filesystem::remove(name, ignored);
    }
}

Coro<> many_open() {
    co_await clear();
    std::vector<File> open;
    try {
        for (int i = 0; i < 10'000; ++i) open.push_back(co_await files::open("many", "a"));
        std::print("all");
    } catch (const OSError& error) {
        std::print("{}", kind(error));
    }
    open.clear();
    co_await write("many", "fine");
    std::print(", then {}", co_await read("many"));
}

Coro<> fill_up() {
    co_await clear();
    co_await write("kept", "kept");
    File file = co_await files::open("big", "w");
    int pieces = 0;
    try {
        for (;; ++pieces) co_await file.write(std::string(1'000'000, 'x'));
    } catch (const OSError& error) {
        std::println("after {} MB: {}", pieces, kind(error));
    }
    std::ofstream out("plain");
    out << std::string(3'000'000, 'x') << std::flush;
    std::println("plain: {}", out ? "written" : "failed");
    try {
        co_await file.close();
    } catch (const OSError& error) {
        std::println("close: {}", kind(error));
    }
    co_await files::remove("big");
    co_await write("after", "after");
    std::println("{} {}", co_await read("kept"), co_await read("after"));
}

Coro<> flush_too_much() {
    co_await files::remove("gone");
    try {
        File file = co_await files::open("big", "w");
        co_await file.write(std::string(2'000'000, 'x'));
        co_await file.flush();
        std::println("flushed");
    } catch (const OSError& error) {
        std::println("{}", kind(error));
    }
    // Neither is stored while there is not enough room for all of it.
    co_await told("rename", files::rename("kept", "renamed"));
    co_await told("remove", files::remove("big"));
}

Coro<> write_too_much_plainly() {
    std::ofstream(argument) << std::string(2'000'000, 'x');
    co_return;
}

Coro<> write_kept() { co_await write(argument, argument); }

/// Writes until it is killed. Each record has the round that wrote it and the number of records before it.
Coro<> write_on_and_on() {
    File log = co_await files::open("log", "w");
    std::ofstream out("plain");
    for (int i = 0;; ++i) {
        const char letter = static_cast<char>('a' + (i % 26));
        const std::string record = std::format("{} {} {}\n", argument, i, std::string(20'000, letter));
        co_await log.write(record);
        co_await log.flush();
        std::println("log {}", i);
        co_await write("whole", std::format("{} {} {}", argument, i, std::string(100'000, letter)));
        std::println("whole {}", i);
        out << record << std::flush;
        std::println("plain {}", i);
    }
}

Coro<> write_again_and_again() {
    for (int i = 0; i < 30; ++i) {
        co_await write("shared", argument + std::string(200'000, argument[0]));
        co_await write("own-" + argument, argument);
    }
}

} // namespace

int main(int count, char** arguments) {
    const std::map<std::string, std::function<Coro<>()>> cases{
        {"clear", clear},
        {"show", show},
        {"show plainly", show_plainly},
        {"write and append", write_and_append},
        {"both directions", both_directions},
        {"leave open", leave_open},
        {"spin after a flush", spin_after_a_flush},
        {"make tree", make_tree},
        {"change tree", change_tree},
        {"remove tree", remove_tree},
        {"change the middle", change_the_middle},
        {"cut and grow", cut_and_grow},
        {"write odd names", write_odd_names},
        {"read odd names", read_odd_names},
        {"write large", write_large},
        {"read large", read_large},
        {"say started", say_started},
        {"temporary", temporary},
        {"errors", errors},
        {"long names", long_names},
        {"many open", many_open},
        {"fill up", fill_up},
        {"flush too much", flush_too_much},
        {"write too much plainly", write_too_much_plainly},
        {"write kept", write_kept},
        {"write on and on", write_on_and_on},
        {"write again and again", write_again_and_again},
    };
    if (count > 2) argument = arguments[2];
    run(cases.at(arguments[1])());
}
