// std::terminate() calls its handler with the exception that caused it, also when a noexcept function or a destructor
// ends the program, or a pure or deleted virtual function is called.

#include "describe_exception.hpp"
#include "exception_in_flight.hpp"
#include "host.hpp"
#include "traceback.hpp"

#include <cstdlib>
#include <exception>
#include <string>

namespace {

/// Why the program ends, if not by an exception.
const char* reason = nullptr;

[[noreturn]] void on_terminate() {
    std::string message;
    if (reason != nullptr) {
        message = reason;
    } else if (const std::exception_ptr error = std::current_exception()) {
        message = "Uncaught exception " + asyncio::program::describe_exception(error) +
                  asyncio::program::traceback_of(error);
    } else if (!asyncio_host_has_stack()) {
        message = "Stack overflow: the calls are nested too deeply, perhaps by infinite recursion.";
    } else {
        message = "The program called std::terminate.";
    }
    asyncio_host_crash(message.c_str());
    std::abort();
}

[[maybe_unused]] const std::terminate_handler installed = std::set_terminate(on_terminate);

[[noreturn]] void terminate_for(const char* why) {
    reason = why;
    std::terminate();
}

} // namespace

// The linker's --wrap redirects every call here.
extern "C" {

[[noreturn]] void __real__ZSt9terminatev() noexcept;

[[noreturn]] void __wrap__ZSt9terminatev() noexcept {
    asyncio::program::exception_in_flight();
    __real__ZSt9terminatev();
}

// WebAssembly checks the type of indirect calls, and this is the type of a virtual function without arguments and result.
// A call with another type traps.
[[noreturn]] void __wrap___cxa_pure_virtual(void* /*object*/) {
    terminate_for(
        "A pure virtual function was called on an object that is being constructed or is already destroyed.");
}

[[noreturn]] void __wrap___cxa_deleted_virtual(void* /*object*/) {
    terminate_for("A deleted virtual function was called.");
}
}
