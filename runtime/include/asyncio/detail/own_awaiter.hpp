#pragma once

#include <asyncio/detail/awaitable.hpp>
#include <asyncio/detail/resume_point.hpp>

#include <concepts>
#include <coroutine>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>

namespace asyncio::detail {

class Inbox;
class TaskBase;

/// The suspension of a task by an awaiter that is not the library's. Such an awaiter stores and later resumes
/// a handle that stands for the task: the task continues in its own step and context, whatever resumes it, on
/// the loop's thread or another. While it waits, the loop is not in a deadlock.
class OwnSuspension {
public:
    OwnSuspension() = default;
    OwnSuspension(const OwnSuspension&) = delete;
    OwnSuspension& operator=(const OwnSuspension&) = delete;
    ~OwnSuspension() { forget(); }

    /// Returns the handle that the awaiter receives instead of `caller`.
    std::coroutine_handle<> begin(std::coroutine_handle<> caller);
    /// The awaiter did not suspend after all.
    void take_back() noexcept;
    /// Raises a cancel that arrived in the meantime: the awaiter cannot be interrupted.
    void throw_if_cancelled();

private:
    void forget() noexcept;

    std::coroutine_handle<> given_;
    TaskBase* task_ = nullptr; // the suspended one
    /// The inbox of its loop. An async generator may outlive the loop and the task.
    std::shared_ptr<Inbox> inbox_;
    std::uint64_t number_ = 0;
};

/// Wraps an awaiter of the program: A is its type, or a reference to it.
template <class A> class OwnAwaiter {
public:
    template <class Make> explicit OwnAwaiter(Make make) : awaiter_(make()) {}
    bool await_ready() { return opaque(static_cast<bool>(awaiter_.await_ready())); }

    std::coroutine_handle<> await_suspend(std::coroutine_handle<> caller) {
        const std::coroutine_handle<> given = suspension_.begin(caller);
        try {
            // Once suspended, it may be resumed and destroyed at any moment.
            using Suspended = decltype(awaiter_.await_suspend(given));
            if constexpr (std::is_void_v<Suspended>) {
                awaiter_.await_suspend(given);
                return std::noop_coroutine();
            } else if constexpr (std::same_as<Suspended, bool>) {
                if (awaiter_.await_suspend(given)) return std::noop_coroutine();
                suspension_.take_back();
                return caller;
            } else {
                return awaiter_.await_suspend(given);
            }
        } catch (...) {
            suspension_.take_back();
            throw;
        }
    }

    decltype(auto) await_resume() {
        suspension_.throw_if_cancelled();
        return awaiter_.await_resume();
    }

private:
    A awaiter_;
    OwnSuspension suspension_;
};

} // namespace asyncio::detail
