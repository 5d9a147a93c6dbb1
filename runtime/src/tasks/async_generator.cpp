#include <asyncio/async_generator.hpp>
#include <asyncio/error.hpp>
#include <asyncio/event_loop.hpp>

namespace asyncio::detail {

void GeneratorPromise::begin_step() {
    if (state_ == GeneratorState::running)
        throw RuntimeError(
            "next() of an async generator that is already running: only one task at a time can iterate it");
    if (state_ == GeneratorState::created) get_running_loop().generators().push_back(*this);
    state_ = GeneratorState::running;
}

std::coroutine_handle<> GeneratorPromise::yield() noexcept {
    state_ = GeneratorState::suspended;
    return give_back();
}

void GeneratorPromise::resumed() {
    if (state_ != GeneratorState::running) return;
    state_ = GeneratorState::finished;
    unlink();
    rethrow_if_failed();
}

void GeneratorPromise::raise_if_told() {
    if (raise_) std::rethrow_exception(std::exchange(raise_, nullptr));
}

/// Resumes the generator so that its co_yield raises GeneratorExit.
class GeneratorPromise::Closing : public LoopAwaiter {
public:
    explicit Closing(GeneratorPromise& promise) : promise_(promise) {}
    bool await_ready() const noexcept { return opaque(false); }
    template <class Promise> std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> caller) {
        const std::coroutine_handle<> generator = promise_.resume_for(caller);
        promise_.raise_at_yield(std::make_exception_ptr(GeneratorExit()));
        return generator;
    }
    void await_resume() { promise_.resumed(); }

private:
    GeneratorPromise& promise_;
};

Coro<> GeneratorPromise::aclose(Ref<GeneratorPromise> self) {
    if (self->finished()) co_return;
    if (self->not_started()) {
        self->finish();
        co_return;
    }
    try {
        co_await Closing(*self);
    } catch (const GeneratorExit&) {
        co_return;
    }
    if (self->has_value()) {
        self->drop_value();
        throw RuntimeError("an async generator yielded after aclose(): it must end on GeneratorExit");
    }
}

void throw_sent_before_start() {
    throw RuntimeError("asend() to an async generator that has not started: call next() first");
}

} // namespace asyncio::detail
