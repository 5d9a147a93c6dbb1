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

/// The suspension of a task by an awaiter that is not the library's. What such an awaiter keeps and
/// resumes later stands for the task: the task goes on in its own step, in its context, whoever resumes
/// it, in the loop's thread or another's. While it waits the loop is not in a deadlock.
class OwnSuspension {
public:
    OwnSuspension() = default;
    OwnSuspension(const OwnSuspension&) = delete;
    OwnSuspension& operator=(const OwnSuspension&) = delete;
    ~OwnSuspension() { forget(); }

    /// What the awaiter is given in the place of `caller`.
    std::coroutine_handle<> begin(std::coroutine_handle<> caller);
    /// The awaiter did not suspend after all.
    void take_back() noexcept;
    /// Raises the cancel that came meanwhile: the awaiter cannot be interrupted.
    void throw_if_cancelled();

private:
    void forget() noexcept;

    std::coroutine_handle<> given_;
    TaskBase* task_ = nullptr; // the one that is suspended
    /// Of its loop, which may be gone, and the task with it, before an async generator is.
    std::shared_ptr<Inbox> inbox_;
    std::uint64_t number_ = 0;
};

/// An awaiter of the program's own: A is its type, or a reference to it.
template <class A> class OwnAwaiter {
public:
    template <class Make> explicit OwnAwaiter(Make make) : awaiter_(make()) {}
    bool await_ready() { return opaque(static_cast<bool>(awaiter_.await_ready())); }

    std::coroutine_handle<> await_suspend(std::coroutine_handle<> caller) {
        const std::coroutine_handle<> given = suspension_.begin(caller);
        try {
            // Once it has suspended it may be resumed, and gone, at any moment.
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
