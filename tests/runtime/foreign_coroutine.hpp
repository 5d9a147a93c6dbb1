#pragma once

#include <coroutine>
#include <exception>
#include <utility>

namespace asyncio::test {

/// A custom coroutine type, independent of asyncio: it runs when it is awaited, and returns a number.
class ForeignCoroutine {
public:
    struct promise_type {
        std::coroutine_handle<> awaiting;
        int value = 0;
        std::exception_ptr error;
        ForeignCoroutine get_return_object() {
            return ForeignCoroutine(std::coroutine_handle<promise_type>::from_promise(*this));
        }
        std::suspend_always initial_suspend() const noexcept { return {}; }
        struct Final {
            bool await_ready() const noexcept { return false; }
            std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> ended) const noexcept {
                return ended.promise().awaiting;
            }
            void await_resume() const noexcept {}
        };
        Final final_suspend() const noexcept { return {}; }
        void return_value(int result) { value = result; }
        void unhandled_exception() { error = std::current_exception(); }
    };
    explicit ForeignCoroutine(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
    ForeignCoroutine(ForeignCoroutine&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    ForeignCoroutine& operator=(ForeignCoroutine&&) = delete;
    ~ForeignCoroutine() {
        if (handle_) handle_.destroy();
    }
    bool await_ready() const noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> caller) const {
        handle_.promise().awaiting = caller;
        return handle_;
    }
    int await_resume() const {
        if (handle_.promise().error) std::rethrow_exception(handle_.promise().error);
        return handle_.promise().value;
    }

private:
    std::coroutine_handle<promise_type> handle_;
};

} // namespace asyncio::test
