#pragma once

#include <coroutine>
#include <utility>

namespace asyncio {

namespace detail {
/// Tells the running loop's exception handler of the current exception.
void report_failed_release() noexcept;
} // namespace detail

/// Holds a lock, a semaphore or a condition's lock for a scope: released when destroyed.
template <class L> class [[nodiscard("keep it in a variable: dropped, it releases at once")]] Held {
public:
    explicit Held(L& lock) noexcept : lock_(&lock) {}
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;
    Held(Held&& other) noexcept : lock_(std::exchange(other.lock_, nullptr)) {}
    Held& operator=(Held&&) = delete;
    ~Held() {
        if (lock_ == nullptr) return;
        try {
            lock_->release();
        } catch (...) {
            // Somebody else released it; or the task is destroyed, with its loop, in mid-wait.
            detail::report_failed_release();
        }
    }

    /// Releases before the end of the scope.
    void release() {
        if (L* lock = std::exchange(lock_, nullptr)) lock->release();
    }

private:
    L* lock_;
};

/// What scoped() gives: awaiting it acquires. Suspends and is cancelled as acquire() is.
template <class L> class [[nodiscard("auto held = co_await lock.scoped();")]] Scoped {
public:
    explicit Scoped(L& lock) : lock_(lock), acquire_(lock.acquire()) {}

    bool await_ready() { return acquire_.await_ready(); }
    void await_suspend(std::coroutine_handle<> caller) { acquire_.await_suspend(caller); }
    Held<L> await_resume() {
        acquire_.await_resume();
        return Held<L>(lock_);
    }

private:
    L& lock_;
    L::Acquire acquire_;
};

} // namespace asyncio
