#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/intrusive_list.hpp>
#include <asyncio/detail/ref.hpp>
#include <asyncio/detail/resume_point.hpp>

#include <coroutine>
#include <cstdint>
#include <exception>
#include <utility>

namespace asyncio::detail {

enum class GeneratorState : std::uint8_t { created, running, suspended, finished };

/// The common part of all async generator promises, independent of the value type. Once started, it is in its
/// loop's list of generators, which are closed when the loop ends. A Ref to it keeps the generator alive: the
/// handle has one, and so does a task inside next().
class GeneratorPromise : public PromiseBase, public ListNode {
public:
    /// Passes the value to the coroutine that awaits next(), and suspends until the next such call.
    struct YieldAwaiter : LoopAwaiter {
        bool await_ready() const noexcept { return opaque(false); }
        template <class Promise>
        std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> yielding) noexcept {
            promise = &yielding.promise();
            return promise->yield();
        }
        void await_resume() const { promise->raise_if_told(); }
        GeneratorPromise* promise = nullptr;
    };

    bool finished() const noexcept { return state_ == GeneratorState::finished; }
    bool not_started() const noexcept { return state_ == GeneratorState::created; }
    /// Ends a generator that was never started.
    void finish() noexcept { state_ = GeneratorState::finished; }

    /// Sets the error that the generator's co_yield raises when it resumes; null: none.
    void raise_at_yield(std::exception_ptr error) noexcept { raise_ = std::move(error); }

    /// The coroutine to run, such that `caller` is resumed at the next co_yield or at the end.
    template <class Promise> std::coroutine_handle<> resume_for(std::coroutine_handle<Promise> caller) {
        begin_step();
        set_continuation(caller);
        return handle();
    }

    /// Called in the caller after it resumes: raises the generator's error, if it ended with one.
    void resumed();

    static Coro<> aclose(Ref<GeneratorPromise> self);

    void retain() noexcept { ++references_; }
    void release() noexcept {
        if (--references_ == 0) handle().destroy();
    }

protected:
    GeneratorPromise() noexcept { mark_generator(); }
    ~GeneratorPromise() = default;
    virtual std::coroutine_handle<> handle() noexcept = 0;
    virtual bool has_value() const noexcept = 0;
    virtual void drop_value() noexcept = 0;

private:
    class Closing;
    void begin_step();
    std::coroutine_handle<> yield() noexcept;
    void raise_if_told();

    std::uint32_t references_ = 0;
    GeneratorState state_ = GeneratorState::created;
    std::exception_ptr raise_;
};

[[noreturn]] void throw_sent_before_start();

} // namespace asyncio::detail
