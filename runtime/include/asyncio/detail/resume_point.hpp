#pragma once

#include <asyncio/detail/awaitable.hpp>

#include <coroutine>

namespace asyncio::detail {

/// `value`, hidden from the optimiser.
///
/// LLVM miscompiles, for WebAssembly, a coroutine with a loop whose catch block can be reached from a
/// resumed co_await but not from the loop itself (llvm-project issue 208409). An await_ready() that
/// might be true keeps the resumed part inside the loop.
inline bool opaque(bool value) noexcept {
#ifdef __wasm__
    asm volatile("" : "+r"(value));
#endif
    return value;
}

/// Awaited directly before a try block in such a loop, it makes the loop one that LLVM compiles: it is another entry to
/// the loop, which is no catch block. It never suspends.
struct ResumePoint : LoopAwaiter {
    bool await_ready() const noexcept { return opaque(true); }
    /// The call that would resume the returned handle makes it an entry in the function that destroys the coroutine, too.
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> caller) const noexcept { return caller; }
    void await_resume() const noexcept {}
};

} // namespace asyncio::detail
