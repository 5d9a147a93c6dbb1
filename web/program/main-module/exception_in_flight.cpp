#include "exception_in_flight.hpp"

#include <cxxabi.h>
#include <exception>
#include <unwind.h>

namespace {

/// Alive as long as std::uncaught_exceptions() counts it.
constinit thread_local _Unwind_Exception* last_raised = nullptr;

} // namespace

// The linker's --wrap leads every throw and rethrow through here.
extern "C" {

_Unwind_Reason_Code __real__Unwind_RaiseException(_Unwind_Exception* exception);

_Unwind_Reason_Code __wrap__Unwind_RaiseException(_Unwind_Exception* exception) {
    last_raised = exception;
    return __real__Unwind_RaiseException(exception);
}
}

std::exception_ptr asyncio::program::exception_in_flight() noexcept {
    if (std::exception_ptr handled = std::current_exception()) return handled;
    if (std::uncaught_exceptions() == 0 || last_raised == nullptr) return nullptr;
    // What clang has a noexcept function do on other platforms.
    abi::__cxa_begin_catch(last_raised);
    return std::current_exception();
}
