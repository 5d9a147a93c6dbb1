#include "handle_ops.hpp"

#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

// Ops that use moved-from handles: each use must be refused with an error.

namespace asyncio::fuzz {
namespace {

using conformance::Replay;
using conformance::Value;

template <class H> using Uses = std::vector<std::function<Coro<>(H&)>>;

/// A use of a handle: either one that does not suspend, or one that returns an awaitable.
template <class F> auto use(F call) {
    return [call](auto& handle) -> Coro<> {
        if constexpr (detail::Awaitable<decltype(call(handle))>)
            (void)co_await call(handle);
        else
            (void)call(handle);
        co_return;
    };
}

/// Performs one of the uses with a moved-from handle, and logs whether it was refused.
template <class H> Coro<> refused(Replay& run, H& handle, const Uses<H>& uses, const json& number) {
    const H kept = std::move(handle);
    const std::size_t chosen = number.get<std::size_t>() % uses.size();
    const std::exception_ptr error = co_await detail::error_of(uses[chosen](handle));
    if (error && is<RuntimeError>(error) && describe(error).contains("moved from"))
        run.log("refused " + std::to_string(chosen));
    else
        run.log("NOT REFUSED " + std::to_string(chosen) + ": " + (error ? describe(error) : "no error"));
}

template <class H> Uses<H> future_uses() {
    return {
        use([](H& future) { return future.done(); }),
        use([](H& future) { return future.cancelled(); }),
        use([](H& future) { return future.cancel(); }),
        use([](H& future) { return future.cancel("message"); }),
        use([](H& future) { return future.exception(); }),
        use([](H& future) { return future.result(); }),
        use([](H& future) { return &future.get_loop(); }),
        use([](H& future) { future.set_result(1); }),
        use([](H& future) { future.set_exception(ValueError("late")); }),
        use([](H& future) { future.add_done_callback([] {}); }),
        use([](H& future) -> H& { return future; }),
        use([](H& future) { return gather(future); }),
        use([](H& future) { return gather(return_exceptions, std::vector<H>{future}); }),
        use([](H& future) { return wait_for(future, 1); }),
        use([](H& future) { return shield(future); }),
        use([](H& future) { return wait({future}); }),
        use([](H& future) { return as_completed(std::vector<H>{future}).next(); }),
        use([](H& future) -> Coro<> { co_await AnyFuture(future); }),
    };
}

Coro<> op_moved_future(Replay& run, const json& op) {
    static const auto uses = future_uses<Future<Value>>();
    Future<Value> future(run.loop());
    co_await refused(run, future, uses, op.at(1));
}

Uses<Task<Value>> task_uses() {
    using T = Task<Value>;
    Uses<T> uses = future_uses<T>();
    const Uses<T> more{
        use([](T& task) { return task.cancelling(); }),  use([](T& task) { return task.uncancel(); }),
        use([](T& task) { return task.get_name(); }),    use([](T& task) { task.set_name("other"); }),
        use([](T& task) { return task.state(); }),       use([](T& task) { return task.get_coro(); }),
        use([](T& task) { return task.get_context(); }), use([](T& task) { return task.get_stack(); }),
        use([](T& task) { task.print_stack(); }),
    };
    uses.insert(uses.end(), more.begin(), more.end());
    return uses;
}

Coro<> op_moved_task(Replay& run, const json& op) {
    static const auto uses = task_uses();
    const Task<Value>* task = run.known(op.at(1));
    if (!task) co_return;
    Task<Value> copy = *task;
    co_await refused(run, copy, uses, op.at(2));
}

template <class L> Uses<L> lock_uses() {
    return {
        use([](L& lock) { return lock.acquire(); }),
        use([](L& lock) { lock.release(); }),
        use([](L& lock) { return lock.locked(); }),
        use([](L& lock) { return lock.scoped(); }),
        use([](L& lock) { return lock.id(); }),
        use([](L& lock) { return async_with(lock, []() -> Coro<> { co_return; }); }),
        use([](L& lock) {
            return async_with(AsyncExitStack(), [&lock](AsyncExitStack& stack) -> Coro<> {
                co_await stack.enter_async_context(lock);
            });
        }),
    };
}

Coro<> op_moved_lock(Replay& run, const json& op) {
    static const auto uses = [] {
        auto all = lock_uses<Lock>();
        all.push_back(use([](Lock& lock) { return Condition(lock).locked(); }));
        return all;
    }();
    Lock lock;
    co_await refused(run, lock, uses, op.at(1));
}

Coro<> op_moved_semaphore(Replay& run, const json& op) {
    static const auto uses = lock_uses<Semaphore>();
    Semaphore semaphore;
    co_await refused(run, semaphore, uses, op.at(1));
}

Coro<> op_moved_condition(Replay& run, const json& op) {
    static const auto uses = [] {
        auto all = lock_uses<Condition>();
        all.push_back(use([](Condition& condition) { return condition.wait(); }));
        all.push_back(use([](Condition& condition) { return condition.wait_for([] { return true; }); }));
        all.push_back(use([](Condition& condition) { condition.notify(); }));
        all.push_back(use([](Condition& condition) { condition.notify_all(); }));
        return all;
    }();
    Condition condition;
    co_await refused(run, condition, uses, op.at(1));
}

Coro<> op_moved_event(Replay& run, const json& op) {
    static const Uses<Event> uses{
        use([](Event& event) { return event.wait(); }), use([](Event& event) { event.set(); }),
        use([](Event& event) { event.clear(); }),       use([](Event& event) { return event.is_set(); }),
        use([](Event& event) { return event.id(); }),
    };
    Event event;
    co_await refused(run, event, uses, op.at(1));
}

Coro<> op_moved_barrier(Replay& run, const json& op) {
    static const Uses<Barrier> uses{
        use([](Barrier& barrier) { return barrier.wait(); }),
        use([](Barrier& barrier) { return barrier.reset(); }),
        use([](Barrier& barrier) { return barrier.abort(); }),
        use([](Barrier& barrier) { return barrier.parties(); }),
        use([](Barrier& barrier) { return barrier.n_waiting(); }),
        use([](Barrier& barrier) { return barrier.broken(); }),
        use([](Barrier& barrier) { return barrier.state(); }),
        use([](Barrier& barrier) { return barrier.id(); }),
        use([](Barrier& barrier) { return async_with(barrier, []() -> Coro<> { co_return; }); }),
    };
    Barrier barrier(1);
    co_await refused(run, barrier, uses, op.at(1));
}

template <class Q> Coro<> moved_queue(Replay& run, const json& number) {
    static const Uses<Q> uses{
        use([](Q& queue) { return queue.put(1); }),    use([](Q& queue) { return queue.get(); }),
        use([](Q& queue) { queue.put_nowait(1); }),    use([](Q& queue) { return queue.get_nowait(); }),
        use([](Q& queue) { return queue.join(); }),    use([](Q& queue) { queue.task_done(); }),
        use([](Q& queue) { queue.shutdown(); }),       use([](Q& queue) { return queue.qsize(); }),
        use([](Q& queue) { return queue.empty(); }),   use([](Q& queue) { return queue.full(); }),
        use([](Q& queue) { return queue.maxsize(); }), use([](Q& queue) { return queue.id(); }),
    };
    Q queue;
    queue.put_nowait(1);
    co_await refused(run, queue, uses, number);
}
Coro<> op_moved_queue(Replay& run, const json& op) { return moved_queue<Queue<int>>(run, op.at(1)); }
Coro<> op_moved_priority_queue(Replay& run, const json& op) {
    return moved_queue<PriorityQueue<int>>(run, op.at(1));
}

Coro<> op_moved_timeout(Replay& run, const json& op) {
    static const Uses<Timeout> uses{
        use([](Timeout& scope) { return scope.when(); }),
        use([](Timeout& scope) { scope.reschedule(std::nullopt); }),
        use([](Timeout& scope) { return scope.expired(); }),
        use([](Timeout& scope) { return scope.state(); }),
        use([](Timeout& scope) { return async_with(scope, []() -> Coro<> { co_return; }); }),
    };
    Timeout scope = timeout(1);
    co_await refused(run, scope, uses, op.at(1));
}

Coro<> nothing() { co_return; }

Coro<> op_moved_group(Replay& run, const json& op) {
    static const Uses<TaskGroup> uses{
        use([](TaskGroup& group) { return group.create_task(nothing()); }),
        use([](TaskGroup& group) { return group.create_task(nothing, "name"); }),
        use([](TaskGroup& group) { return async_with(group, []() -> Coro<> { co_return; }); }),
    };
    TaskGroup group;
    co_await refused(run, group, uses, op.at(1));
}

Coro<> op_moved_generator(Replay& run, const json& op) {
    using G = AsyncGenerator<int>;
    static const Uses<G> uses{
        use([](G& generator) { return generator.next(); }),
        use([](G& generator) { return generator.aclose(); }),
        use([](G& generator) { return generator.athrow(ValueError("thrown")); }),
        use([](G& generator) { return async_with(aclosing(generator), []() -> Coro<> { co_return; }); }),
    };
    G generator = []() -> G { co_yield 1; }();
    co_await refused(run, generator, uses, op.at(1));
}

Coro<> op_moved_handle(Replay& run, const json& op) {
    static const Uses<TimerHandle> uses{
        use([](TimerHandle& handle) { handle.cancel(); }),
        use([](TimerHandle& handle) { return handle.cancelled(); }),
        use([](TimerHandle& handle) { return handle.when(); }),
        use([](TimerHandle& handle) { return handle.get_context(); }),
    };
    TimerHandle handle = run.loop().call_later(1, [] {});
    co_await refused(run, handle, uses, op.at(1));
}

} // namespace

const conformance::OpTable& moved_handle_ops() {
    static const conformance::OpTable table{
        {"moved_future", op_moved_future},
        {"moved_task", op_moved_task},
        {"moved_lock", op_moved_lock},
        {"moved_semaphore", op_moved_semaphore},
        {"moved_condition", op_moved_condition},
        {"moved_event", op_moved_event},
        {"moved_barrier", op_moved_barrier},
        {"moved_queue", op_moved_queue},
        {"moved_priority_queue", op_moved_priority_queue},
        {"moved_timeout", op_moved_timeout},
        {"moved_group", op_moved_group},
        {"moved_generator", op_moved_generator},
        {"moved_handle", op_moved_handle},
    };
    return table;
}

} // namespace asyncio::fuzz
