#include "exception_in_flight.hpp"

#include "thrown_object.hpp"
#include "traceback.hpp"

#include <algorithm>
#include <cxxabi.h>
#include <exception>
#include <unwind.h>
#include <vector>

namespace {

/// Thrown but not yet caught, the newest last: each is alive until it has been caught. Never destroyed, because static
/// destructors throw too.
std::vector<_Unwind_Exception*>& raised() {
    thread_local auto* const exceptions = new std::vector<_Unwind_Exception*>;
    return *exceptions;
}

/// Not by std::rethrow_exception, which raises another exception that refers to the thrown object, and not by a plain
/// `throw`, which raises the one that is being handled.
bool is_thrown_anew(const _Unwind_Exception* exception) noexcept {
    constexpr unsigned char dependent = 1;
    if ((exception->exception_class & 0xff) == dependent) return false;
    return asyncio::program::thrown_object(std::current_exception()) != exception + 1;
}

} // namespace

// The linker's --wrap redirects every throw, rethrow and catch here.
extern "C" {

_Unwind_Reason_Code __real__Unwind_RaiseException(_Unwind_Exception* exception);
void* __real___cxa_begin_catch(void* exception) noexcept;

_Unwind_Reason_Code __wrap__Unwind_RaiseException(_Unwind_Exception* exception) {
    if (is_thrown_anew(exception)) asyncio::program::forget_traceback(exception + 1);
    raised().push_back(exception);
    return __real__Unwind_RaiseException(exception);
}

void* __wrap___cxa_begin_catch(void* exception) noexcept {
    std::erase(raised(), static_cast<_Unwind_Exception*>(exception));
    return __real___cxa_begin_catch(exception);
}
}

std::exception_ptr asyncio::program::exception_in_flight() noexcept {
    // What clang generates for a noexcept function on other platforms.
    if (!raised().empty()) abi::__cxa_begin_catch(raised().back());
    return std::current_exception();
}
