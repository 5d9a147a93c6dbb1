#pragma once

#include "objects.hpp"
#include "replayer.hpp"

#include <functional>
#include <string>
#include <utility>

namespace asyncio::conformance {

/// Awaits something that was made earlier and may outlive its creator.
template <class A> Coro<> awaited(A awaitable) { co_await std::move(awaitable); }

/// A task that takes over a lock acquired by another.
template <class H> Coro<Value> holding(H given, Replay& run, std::string coro) {
    const H held = std::move(given);
    co_return co_await run.coroutine(std::move(coro));
}

template <class L> class LockObject : public Holder<L> {
public:
    using Holder<L>::Holder;
    Coro<> acquire() override { return awaited(this->value.acquire()); }
    void release() override { this->value.release(); }
    bool locked() override { return this->value.locked(); }
    Coro<> with(std::function<Coro<>()> body) override { co_await async_with(this->value, std::move(body)); }
    Coro<> scoped(std::function<Coro<>()> body, std::function<Coro<>()> after) override {
        auto held = co_await this->value.scoped();
        co_await body();
        if (!after) co_return;
        held.release();
        co_await after();
    }
    Coro<> hand_over(Replay& run, std::string task, std::string coro) override {
        auto held = co_await this->value.scoped();
        run.keep(create_task(holding(std::move(held), run, std::move(coro)), std::move(task)));
    }
    Coro<> enter(AsyncExitStack& stack) override { co_await stack.enter_async_context(this->value); }
};

template <class Q> class QueueObject : public Holder<Q> {
public:
    using Holder<Q>::Holder;
    Coro<> put(int item) override { return this->value.put(item); }
    Coro<int> get() override { return this->value.get(); }
    void put_nowait(int item) override { this->value.put_nowait(item); }
    int get_nowait() override { return this->value.get_nowait(); }
    void shutdown(bool immediate) override { this->value.shutdown(immediate); }
    Object::QueueSize queue_size() override {
        return {this->value.qsize(), this->value.empty(), this->value.full()};
    }
    void task_done() override { this->value.task_done(); }
    Coro<> join() override { return this->value.join(); }
};

} // namespace asyncio::conformance
