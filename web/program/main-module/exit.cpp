// The ways by which a C program ends, in place of Emscripten's JavaScript ones: those throw, and a
// JavaScript exception runs the destructors of the frames it crosses and ends in std::terminate at
// a noexcept function. These trap (in the worker), which leaves every frame as it is.

#include "describe_exception.hpp"
#include "exception_in_flight.hpp"
#include "host.hpp"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <format>
#include <string>

extern "C" void __funcs_on_exit();

namespace {

[[noreturn]] void on_terminate() {
    std::string message;
    if (const std::exception_ptr error = asyncio::program::exception_in_flight()) {
        message = "Uncaught exception " + asyncio::program::describe_exception(error);
    } else if (!asyncio_host_has_stack()) {
        message = "The stack is exhausted: the program calls too deep, perhaps in a recursion without end.";
    } else {
        message = "The program called std::terminate.";
    }
    asyncio_host_crash(message.c_str());
    std::abort();
}

[[maybe_unused]] const std::terminate_handler installed = std::set_terminate(on_terminate);

/// What throws out of a static destructor must not reach the frames that called exit().
void finish() noexcept {
    static std::atomic<bool> finishing = false;
    if (finishing.exchange(true)) return;
    __funcs_on_exit();
    std::fflush(nullptr);
}

} // namespace

extern "C" void exit(int code) {
    finish();
    std::_Exit(code);
}

extern "C" void __assert_fail(const char* condition, const char* file, int line, const char* function) {
    const std::string message =
        std::format("Assertion failed: {}\n  at {}:{}, in {}", condition, file, line, function);
    asyncio_host_crash(message.c_str());
    std::abort();
}
