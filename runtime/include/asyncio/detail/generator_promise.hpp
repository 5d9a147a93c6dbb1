#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/intrusive_list.hpp>
#include <asyncio/detail/resume_point.hpp>

#include <coroutine>
#include <cstdint>

namespace asyncio::detail {

enum class GeneratorState : std::uint8_t { created, running, suspended, finished };

/// What every async generator's promise shares, whatever it yields. Once started it is a member of
/// its loop's list of generators, which are closed when the loop ends.
class GeneratorPromise : public PromiseBase, public ListNode {
public:
    /// Hands the value over to who awaits next(), and waits for the next one to do so.
    struct YieldAwaiter {
        bool await_ready() const noexcept { return opaque(false); }
        template <class Promise>
        std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> yielding) noexcept {
            promise = &yielding.promise();
            return promise->yield();
        }
        void await_resume() const { promise->throw_if_closing(); }
        GeneratorPromise* promise = nullptr;
    };

    // What a generator awaits goes through PromiseBase; its own yields do not.
    using PromiseBase::await_transform;
    YieldAwaiter await_transform(YieldAwaiter yield) noexcept { return yield; }

    bool finished() const noexcept { return state_ == GeneratorState::finished; }

    /// The coroutine to run so that `caller` is resumed at the next co_yield or at the end.
    std::coroutine_handle<> resume_for(std::coroutine_handle<> caller);

    /// Back in the caller: raises the generator's error, if it ended with one.
    void resumed();

    Coro<> aclose();

protected:
    GeneratorPromise() = default;
    ~GeneratorPromise() = default;
    virtual std::coroutine_handle<> handle() noexcept = 0;
    virtual bool has_value() const noexcept = 0;
    virtual void drop_value() noexcept = 0;

private:
    class Closing;
    std::coroutine_handle<> yield() noexcept;
    void throw_if_closing() const;

    GeneratorState state_ = GeneratorState::created;
    bool closing_ = false;
};

} // namespace asyncio::detail
