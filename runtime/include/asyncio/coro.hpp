#pragma once

#include <asyncio/detail/awaitable.hpp>
#include <asyncio/detail/error_slot.hpp>
#include <asyncio/detail/frame_pool.hpp>
#include <asyncio/detail/lifetime.hpp>
#include <asyncio/detail/own_awaiter.hpp>
#include <asyncio/detail/result.hpp>
#include <asyncio/detail/resume_point.hpp>

#include <concepts>
#include <coroutine>
#include <exception>
#include <source_location>
#include <type_traits>
#include <utility>

namespace asyncio {

template <class T> class Coro;

namespace detail {

class PromiseBase;

/// The coroutine that is running on this thread; null outside of tasks.
// NOLINTNEXTLINE(*-avoid-non-const-global-variables): thread-local
extern constinit thread_local PromiseBase* running_promise;

/// The common part of all coroutine promises, independent of the result type.
class PromiseBase : public Pooled {
public:
    std::suspend_always
    initial_suspend(std::source_location here = std::source_location::current()) noexcept {
        where_ = here;
        return {};
    }

    /// Transfers control to the coroutine that awaits this one; the root of a task returns to the loop.
    struct FinalAwaiter {
        bool await_ready() const noexcept { return false; }
        template <class Promise>
        std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> finished) const noexcept {
            const PromiseBase& promise = finished.promise();
            running_promise = promise.awaiter_;
            const std::coroutine_handle<> awaiting = promise.continuation_;
            return awaiting ? awaiting : std::noop_coroutine();
        }
        void await_resume() const noexcept {}
    };
    FinalAwaiter final_suspend() const noexcept { return {}; }

    void unhandled_exception() noexcept;

    template <class A>
    decltype(auto) await_transform(A&& awaitable,
                                   std::source_location here = std::source_location::current()) {
        constexpr bool function = std::is_function_v<std::remove_pointer_t<std::remove_reference_t<A>>>;
        static_assert(Awaitable<A> || !function,
                      "co_await of a function instead of a call: write co_await f(), not co_await f");
        static_assert(
            Awaitable<A> || function,
            "co_await needs an awaitable: a Coro, a Task, a Future, or a type with operator co_await");
        static_assert(!std::same_as<std::remove_cvref_t<A>, std::suspend_always>,
                      "co_await of a std::suspend_always: nothing would resume the task. Use "
                      "asyncio::sleep(0) to let other tasks run, or a Future to wait for an event");
        where_ = here;
        if constexpr (!Awaitable<A>)
            return std::suspend_never();
        else
            return awaiter_of(std::forward<A>(awaitable));
    }

    /// Transfers control from the coroutine that awaits this one to this one.
    template <class Promise> void set_continuation(std::coroutine_handle<Promise> awaiting) noexcept {
        continuation_ = awaiting;
        if constexpr (std::is_base_of_v<PromiseBase, Promise>)
            awaiter_ = &awaiting.promise();
        else
            awaiter_ = nullptr;
        running_promise = this;
        started_ = true;
    }
    void set_started() noexcept { started_ = true; }
    bool started() const noexcept { return started_; }

    /// The coroutine's function and current line: of its start, then of its last co_await.
    const std::source_location& where() const noexcept { return where_; }
    /// The coroutine that awaits this one; null for the root of a task.
    const PromiseBase* awaiter() const noexcept { return awaiter_; }
    bool is_generator() const noexcept { return is_generator_; }

    bool failed() const noexcept { return static_cast<bool>(error_); }
    /// Whether the error is a CancelledError.
    bool ended_by_cancel() const noexcept { return ended_by_cancel_; }
    std::exception_ptr take_error() noexcept { return error_.take(); }

protected:
    void mark_generator() noexcept { is_generator_ = true; }
    /// Transfers control back to the coroutine that awaits this one.
    std::coroutine_handle<> give_back() const noexcept {
        running_promise = awaiter_;
        return continuation_;
    }
    void rethrow_if_failed() {
        if (failed()) std::rethrow_exception(take_error());
    }

private:
    template <class A> static decltype(auto) awaiter_of(A&& awaitable) {
        using Given = decltype(get_awaiter(std::forward<A>(awaitable)));
        if constexpr (std::derived_from<std::remove_cvref_t<Given>, LoopAwaiter>)
            return get_awaiter(std::forward<A>(awaitable));
        else
            return OwnAwaiter<Given>([&]() -> Given { return get_awaiter(std::forward<A>(awaitable)); });
    }

    std::coroutine_handle<> continuation_;
    PromiseBase* awaiter_ = nullptr;
    ErrorSlot error_;
    std::source_location where_;
    bool started_ = false;
    bool ended_by_cancel_ = false;
    bool is_generator_ = false;
};

template <class T> class Promise : public PromiseBase {
public:
    Coro<T> get_return_object() noexcept;
    template <class Value = T>
        requires std::is_convertible_v<Value&&, T>
    void return_value(Value&& value) {
        result_.emplace(std::forward<Value>(value));
    }
    ResultSlot<T>& result() noexcept { return result_; }
    T take() {
        rethrow_if_failed();
        return result_.take(true);
    }

private:
    ResultSlot<T> result_;
};

template <> class Promise<void> : public PromiseBase {
public:
    // Declared, since otherwise the promise would be an aggregate and, for a member function coroutine, would
    // be initialized from the object.
    Promise() = default;
    Coro<void> get_return_object() noexcept;
    void return_void() const noexcept {}
    void take() { rethrow_if_failed(); }
};

/// Reports to the running loop's exception handler, or to stderr, that a coroutine was dropped without being
/// run.
void report_never_awaited(const std::source_location& where) noexcept;
[[noreturn]] void throw_already_awaited();

} // namespace detail

/// A coroutine, like that of an `async def`: it starts when it is awaited, in the task that awaits it.
///
/// `co_await f()` runs it to its end without a turn of the loop, and returns its result or raises the
/// exception that leaves it. It suspends if, and only if, something it awaits suspends. Dropping it unawaited
/// is reported ("was never awaited"); destroying it while suspended destroys its locals. A coroutine can be
/// awaited once.
template <class T = void>
class ASYNCIO_REFERS
    [[nodiscard("a coroutine does nothing until it is awaited: co_await it, or pass it to create_task() or "
                "gather()")]] Coro {
public:
    using value_type = T;
    using promise_type = detail::Promise<T>;
    using Handle = std::coroutine_handle<promise_type>;

    Coro(Coro&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    Coro& operator=(Coro&& other) noexcept {
        if (this != &other) {
            drop();
            handle_ = std::exchange(other.handle_, nullptr);
        }
        return *this;
    }
    ~Coro() { drop(); }

    /// Drops the coroutine without a warning.
    void close() noexcept {
        if (auto handle = std::exchange(handle_, nullptr)) handle.destroy();
    }

    class Awaiter : public detail::LoopAwaiter {
    public:
        explicit Awaiter(Handle handle) noexcept : handle_(handle) {}
        Awaiter(const Awaiter&) = delete;
        Awaiter& operator=(const Awaiter&) = delete;
        Awaiter(Awaiter&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
        Awaiter& operator=(Awaiter&&) = delete;
        ~Awaiter() {
            if (handle_) handle_.destroy();
        }
        bool await_ready() const noexcept { return detail::opaque(false); }
        template <class Promise> Handle await_suspend(std::coroutine_handle<Promise> caller) {
            if (!handle_) [[unlikely]]
                detail::throw_already_awaited();
            handle_.promise().set_continuation(caller);
            return handle_;
        }
        T await_resume() { return handle_.promise().take(); }

    private:
        Handle handle_;
    };

    Awaiter operator co_await() && { return Awaiter(release()); }
    Awaiter operator co_await() & { return Awaiter(release()); }

    /// Transfers ownership of the frame; raises RuntimeError if the coroutine was already awaited.
    Handle release() {
        if (!handle_) detail::throw_already_awaited();
        return std::exchange(handle_, nullptr);
    }

    /// For the library: null once it was awaited or moved.
    const detail::PromiseBase* promise() const noexcept { return handle_ ? &handle_.promise() : nullptr; }

private:
    friend promise_type;
    explicit Coro(Handle handle) noexcept : handle_(handle) {}

    void drop() noexcept {
        if (handle_ && !handle_.promise().started()) detail::report_never_awaited(handle_.promise().where());
        close();
    }

    Handle handle_;
};

namespace detail {

template <class T> Coro<T> Promise<T>::get_return_object() noexcept {
    return Coro<T>(std::coroutine_handle<Promise>::from_promise(*this));
}
inline Coro<void> Promise<void>::get_return_object() noexcept {
    return Coro<void>(std::coroutine_handle<Promise>::from_promise(*this));
}

} // namespace detail
} // namespace asyncio
