#pragma once

#include <asyncio/detail/resume_point.hpp>

#include <coroutine>

namespace asyncio::detail {

/// What an operation returns that is a coroutine in Python and is over when the call returns here: it may be
/// awaited, and need not be. It never suspends.
struct Completed : LoopAwaiter {
    bool await_ready() const noexcept { return opaque(true); }
    void await_suspend(std::coroutine_handle<>) const noexcept {}
    void await_resume() const noexcept {}
};

} // namespace asyncio::detail
