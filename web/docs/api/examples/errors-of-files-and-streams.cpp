// Errors of files and streams: each has a type, and the path or the bytes that it is about
#include <asyncio.hpp>
#include <print>
namespace files = asyncio::files;

asyncio::Coro<> attempt(std::string deed, asyncio::Coro<> doing) {
    try {
        co_await std::move(doing);
    } catch (const asyncio::FileExistsError& error) {
        std::println("{}: {} is there already", deed, error.filename());
    } catch (const asyncio::IsADirectoryError& error) {
        std::println("{}: {} is a directory", deed, error.filename());
    } catch (const asyncio::NotADirectoryError& error) {
        std::println("{}: {} goes through a file", deed, error.filename());
    } catch (const asyncio::UnsupportedOperation& error) {
        std::println("{}: {}", deed, error.what());
    } catch (const asyncio::PermissionError&) {
        std::println("{}: not allowed", deed);
    } catch (const asyncio::ConnectionError& error) {
        const bool reset = dynamic_cast<const asyncio::ConnectionResetError*>(&error) != nullptr;
        std::println("{}: {}", deed, reset ? "the other end is gone" : error.what());
    } catch (const asyncio::OSError& error) {
        std::println("{}: {}", deed, error.strerror());
    } catch (const asyncio::IncompleteReadError& error) {
        std::println("{}: only “{}” of {} bytes", deed, error.partial(), error.expected().value_or(0));
    } catch (const asyncio::LimitOverrunError& error) {
        std::println("{}: no end within {} bytes", deed, error.consumed());
    }
}

asyncio::Coro<> open(std::string path, std::string mode) {
    co_await files::open(std::move(path), std::move(mode));
}

asyncio::Coro<> write_to_reader(std::string path) {
    files::File file = co_await files::open(std::move(path), "r");
    co_await file.write("more");
}

asyncio::Coro<> read_too_much() {
    asyncio::StreamReader reader = asyncio::make_stream_reader();
    reader.feed_data("half");
    reader.feed_eof();
    co_await reader.readexactly(8);
}

asyncio::Coro<> read_endless_line() {
    asyncio::StreamReader reader = asyncio::make_stream_reader(4);
    reader.feed_data("a line without an end");
    co_await reader.readuntil();
}

asyncio::Coro<> talk_to_nobody() {
    asyncio::StreamReader reader = asyncio::make_stream_reader();
    reader.set_exception(std::make_exception_ptr(asyncio::ConnectionResetError("reset")));
    co_await reader.read();
}

asyncio::Coro<> amain() {
    co_await open("note", "w");
    co_await files::mkdir("shelf");
    co_await attempt("create", open("note", "x"));
    co_await attempt("write to", open("shelf", "w"));
    co_await attempt("open below a file", open("note/deeper", "r"));
    co_await attempt("write", write_to_reader("note"));
    co_await attempt("read 8", read_too_much());
    co_await attempt("read a line", read_endless_line());
    co_await attempt("read on", talk_to_nobody());
    co_await files::remove("note");
    co_await files::rmdir("shelf");
}

int main() { asyncio::run(amain()); }
