#include <asyncio/coro.hpp>
#include <asyncio/error.hpp>
#include <asyncio/run.hpp>

#include <cstdlib>
#include <exception>

extern "C" char** environ;

namespace {

/// As a shell reports a program that SIGINT ended.
constexpr int exit_code_interrupted = 130;

/// The side module's entry point, determined by its exported name and number of parameters.
enum class Entry { none = 0, main = 1, main_with_arguments = 2, main_with_environment = 3, async_main = 4 };

/// The result of async_main(), also where asyncio::run() does not return.
int async_exit_code = EXIT_SUCCESS;

asyncio::Coro<> run_async_main(asyncio::Coro<int> (*function)()) { async_exit_code = co_await function(); }

int call(Entry kind, void* entry, int argc, char** argv) {
    switch (kind) {
    case Entry::none: return EXIT_SUCCESS;
    case Entry::main: return reinterpret_cast<int (*)()>(entry)();
    case Entry::main_with_arguments: return reinterpret_cast<int (*)(int, char**)>(entry)(argc, argv);
    case Entry::main_with_environment:
        return reinterpret_cast<int (*)(int, char**, char**)>(entry)(argc, argv, environ);
    case Entry::async_main:
        asyncio::run(run_async_main(reinterpret_cast<asyncio::Coro<int> (*)()>(entry)));
        return async_exit_code;
    }
    std::abort();
}

} // namespace

/// Runs a loaded side module from its first constructor to its last destructor. The worker calls it through
/// WebAssembly.promising, so no JavaScript frame may be on the stack during a wait.
extern "C" [[noreturn]] void asyncio_program_start(void (*constructors)(), Entry kind, void* entry, int argc,
                                                   char** argv) {
    int code = EXIT_FAILURE;
    try {
        if (constructors != nullptr) constructors();
        code = call(kind, entry, argc, argv);
    } catch (const asyncio::KeyboardInterrupt&) {
        code = exit_code_interrupted;
    } catch (...) {
        std::terminate();
    }
    std::exit(code);
}

/// The exit code of a program whose loop the worker pumped until it finished.
extern "C" int asyncio_program_exit_code() { return async_exit_code; }
