#pragma once

#include <asyncio/detail/awaitable.hpp>
#include <asyncio/detail/ref.hpp>

#include <coroutine>
#include <utility>

namespace asyncio {

namespace detail {
/// Passes the current exception to the running loop's exception handler.
void report_failed_release() noexcept;
} // namespace detail

/// Holds a lock, a semaphore slot or a condition's lock for a scope: releases it when destroyed, which may be
/// after the lock object's own destruction.
template <class L> class [[nodiscard("keep it in a variable: as a temporary it releases immediately")]] Held {
public:
    explicit Held(detail::Ref<typename L::State> lock) noexcept : lock_(std::move(lock)) {}
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;
    Held(Held&& other) noexcept = default;
    Held& operator=(Held&&) = delete;
    ~Held() {
        if (!lock_) return;
        try {
            lock_->unlock();
        } catch (...) {
            // It was already released elsewhere; or the loop is destroying the task while it waits.
            detail::report_failed_release();
        }
    }

    /// Releases before the end of the scope.
    void release() {
        if (const auto lock = std::exchange(lock_, nullptr)) lock->unlock();
    }

private:
    detail::Ref<typename L::State> lock_;
};

/// The result of scoped(): awaiting it acquires. Suspends and can be cancelled like acquire().
template <class L>
class [[nodiscard("auto held = co_await lock.scoped();")]] Scoped : public detail::LoopAwaiter {
public:
    Scoped(detail::Ref<typename L::State> lock, L::Acquire acquire)
        : lock_(std::move(lock)), acquire_(std::move(acquire)) {}

    bool await_ready() { return acquire_.await_ready(); }
    void await_suspend(std::coroutine_handle<> caller) { acquire_.await_suspend(caller); }
    Held<L> await_resume() {
        acquire_.await_resume();
        return Held<L>(std::move(lock_));
    }

private:
    detail::Ref<typename L::State> lock_;
    L::Acquire acquire_;
};

} // namespace asyncio
