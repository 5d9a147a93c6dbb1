// The functions that end a C program, replacing Emscripten's JavaScript ones: those throw, and a JavaScript exception
// runs the destructors of the frames it unwinds and ends in std::terminate at a noexcept function. These trap (in the
// worker), which leaves every frame untouched.

#include "host.hpp"
#include "thread_locals.hpp"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <format>
#include <string>

extern "C" void __funcs_on_exit();

namespace {

/// Exceptions from a static destructor must not reach the frames that called exit().
void finish() noexcept {
    static std::atomic<bool> finishing = false;
    if (finishing.exchange(true)) return;
    asyncio::program::destroy_thread_locals();
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
