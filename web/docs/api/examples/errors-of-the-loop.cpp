// Errors of the loop: what each misuse raises, by its own name
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

// Every error of the library but two is an asyncio::Error.
template <class E> asyncio::Coro<> expect(asyncio::Coro<> deed) {
    try {
        co_await std::move(deed);
        std::println("nothing was raised");
    } catch (const E& error) {
        const bool known = std::is_base_of_v<asyncio::Error, E>;
        std::println("{}{}", asyncio::describe(std::current_exception()),
                     known ? "" : " (no asyncio::Error)");
    }
}

asyncio::ContextVar<int> unset("level");

asyncio::Coro<> read_variable() {
    unset.get();
    co_return;
}
asyncio::Coro<> ask_too_soon() {
    asyncio::Future<int>().result();
    co_return;
}
asyncio::Coro<> release_free_lock() {
    asyncio::Lock().release();
    co_return;
}
asyncio::Coro<> take_from_empty_queue() {
    asyncio::Queue<int>().get_nowait();
    co_return;
}
asyncio::Coro<> put_into_full_queue() {
    asyncio::Queue<int> queue(1);
    queue.put_nowait(1);
    queue.put_nowait(2);
    co_return;
}
asyncio::Coro<> wait_at_broken_barrier() {
    asyncio::Barrier barrier(2);
    co_await barrier.abort();
    co_await barrier.wait();
}
asyncio::Coro<> refuse_negative_count() {
    asyncio::Semaphore semaphore(-1);
    co_return;
}
asyncio::Coro<> be_cancelled() {
    auto task = asyncio::create_task(asyncio::sleep(1h));
    task.cancel("it took too long");
    co_await task;
}

asyncio::Coro<> amain() {
    co_await expect<asyncio::LookupError>(read_variable());
    co_await expect<asyncio::InvalidStateError>(ask_too_soon());
    co_await expect<asyncio::RuntimeError>(release_free_lock());
    co_await expect<asyncio::QueueEmpty>(take_from_empty_queue());
    co_await expect<asyncio::QueueFull>(put_into_full_queue());
    co_await expect<asyncio::BrokenBarrierError>(wait_at_broken_barrier());
    co_await expect<asyncio::ValueError>(refuse_negative_count());
    co_await expect<asyncio::CancelledError>(be_cancelled());
}

int main() { asyncio::run(amain()); }
