#pragma once

#include <asyncio/coro.hpp>

#include <exception>
#include <utility>

namespace asyncio::detail {

/// Awaits, and returns the error, or null, instead of raising it. For loops: LLVM miscompiles a try block
/// around co_await in a loop (resume_point.hpp).
template <class A> Coro<std::exception_ptr> error_of(A awaitable) {
    try {
        co_await std::move(awaitable);
    } catch (...) {
        co_return std::current_exception();
    }
    co_return nullptr;
}

} // namespace asyncio::detail
