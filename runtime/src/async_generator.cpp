#include <asyncio/async_generator.hpp>
#include <asyncio/error.hpp>
#include <asyncio/event_loop.hpp>

namespace asyncio::detail {

std::coroutine_handle<> GeneratorPromise::resume_for(std::coroutine_handle<> caller) {
    if (state_ == GeneratorState::running)
        throw RuntimeError("next() of an async generator that is running: one task at a time can iterate it");
    if (state_ == GeneratorState::created) get_running_loop().generators().push_back(*this);
    set_continuation(caller);
    state_ = GeneratorState::running;
    return handle();
}

std::coroutine_handle<> GeneratorPromise::yield() noexcept {
    state_ = GeneratorState::suspended;
    return continuation();
}

void GeneratorPromise::resumed() {
    if (state_ != GeneratorState::running) return;
    state_ = GeneratorState::finished;
    unlink();
    rethrow_if_failed();
}

void GeneratorPromise::throw_if_closing() const {
    if (closing_) throw GeneratorExit();
}

/// Resumes the generator so that its co_yield raises GeneratorExit.
class GeneratorPromise::Closing {
public:
    explicit Closing(GeneratorPromise& promise) : promise_(promise) {}
    bool await_ready() const noexcept { return opaque(false); }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> caller) {
        promise_.closing_ = true;
        return promise_.resume_for(caller);
    }
    void await_resume() { promise_.resumed(); }

private:
    GeneratorPromise& promise_;
};

Coro<> GeneratorPromise::aclose() {
    if (finished()) co_return;
    if (state_ == GeneratorState::created) {
        state_ = GeneratorState::finished;
        co_return;
    }
    try {
        co_await Closing(*this);
    } catch (const GeneratorExit&) {
        co_return;
    }
    if (has_value()) {
        drop_value();
        throw RuntimeError("an async generator yielded after aclose(): leave it on GeneratorExit");
    }
}

} // namespace asyncio::detail
