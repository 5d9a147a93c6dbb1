#pragma once

#include <asyncio/concurrent_future.hpp>
#include <asyncio/coro.hpp>
#include <asyncio/event_loop.hpp>

#include <cstdint>
#include <exception>
#include <memory>
#include <utility>

namespace asyncio {

namespace detail {

/// Completes a concurrent future with the task's outcome.
template <class T> void copy_outcome(const Task<T>& task, ConcurrentResult<T>& future) {
    try {
        if constexpr (std::is_void_v<T>)
            task.result();
        else if constexpr (ResultSlot<T>::copyable)
            future.slot().emplace(task.result());
        else
            future.slot().emplace(std::move(task.result()));
    } catch (const CancelledError&) {
        future.cancel();
        return;
    } catch (...) {
        future.fail(std::current_exception());
        return;
    }
    future.finish();
}

} // namespace detail

/// Runs `coro` as a task of another thread's loop; any thread may call it. The concurrent future completes
/// with the task's result or error; cancelling it cancels the task. Raises RuntimeError if the loop is
/// closed.
template <class T> ConcurrentFuture<T> run_coroutine_threadsafe(Coro<T> coro, EventLoop& loop) {
    auto state = std::make_shared<detail::ConcurrentResult<T>>(&loop);
    loop.call_soon_threadsafe([&loop, state, coro = std::move(coro)]() mutable {
        if (state->state() == WorkState::cancelled) {
            coro.close();
            return;
        }
        const Task<T> task = loop.create_task(std::move(coro));
        // Another thread requests the cancel by number: it must not touch the task.
        const std::uint64_t number = loop.expect([task] { task.cancel(); }, false);
        task.add_done_callback([&loop, state, number](const Task<T>& done) {
            loop.expect_no_more(number);
            detail::copy_outcome(done, *state);
        });
        state->add_done_callback([inbox = loop.inbox(), number, weak = std::weak_ptr(state)] {
            if (const auto done = weak.lock(); done && done->state() == WorkState::cancelled)
                detail::notify(inbox, number);
        });
    });
    return ConcurrentFuture<T>(std::move(state));
}

} // namespace asyncio
