#include "support.hpp"

#include <deque>

/// The same cancellation cases for every primitive that a task can wait on.

namespace asyncio::test {
namespace {

// Each has pass(): waits, then lets the next one through; and open(): lets the first one through.

struct AtLock {
    Lock lock;
    Coro<> prepare() { co_await lock.acquire(); }
    Coro<> pass() { auto held = co_await lock.scoped(); }
    Coro<> open() {
        lock.release();
        co_return;
    }
};

struct AtEvent {
    Event event;
    Coro<> prepare() { co_return; }
    Coro<> pass() { co_await event.wait(); }
    Coro<> open() {
        event.set();
        co_return;
    }
};

struct AtSemaphore {
    Semaphore semaphore{0};
    Coro<> prepare() { co_return; }
    Coro<> pass() { auto held = co_await semaphore.scoped(); }
    Coro<> open() {
        semaphore.release();
        co_return;
    }
};

struct AtBoundedSemaphore {
    BoundedSemaphore semaphore{1};
    Coro<> prepare() { co_await semaphore.acquire(); }
    Coro<> pass() { auto held = co_await semaphore.scoped(); }
    Coro<> open() {
        semaphore.release();
        co_return;
    }
};

struct AtCondition {
    Condition condition;
    bool is_open = false;
    Coro<> prepare() { co_return; }
    Coro<> pass() {
        auto held = co_await condition.scoped();
        co_await condition.wait_for([this] { return is_open; });
        condition.notify(1);
    }
    Coro<> open() {
        auto held = co_await condition.scoped();
        is_open = true;
        condition.notify(1);
    }
};

// A separate barrier for each, since a task that leaves one holds up the others.
struct AtBarrier {
    std::deque<Barrier> barriers;
    Coro<> prepare() { co_return; }
    Coro<> pass() { co_await barriers.emplace_back(2).wait(); }
    Coro<> open() {
        for (Barrier& barrier : barriers)
            if (barrier.n_waiting() > 0) co_await barrier.wait();
    }
};

template <class Queue> struct AtGet {
    Queue queue;
    Coro<> prepare() { co_return; }
    Coro<> pass() { queue.put_nowait(co_await queue.get()); }
    Coro<> open() {
        queue.put_nowait(std::make_unique<Counted>());
        co_return;
    }
};
struct AtQueueGet : AtGet<Queue<std::unique_ptr<Counted>>> {};
struct AtLifoQueueGet : AtGet<LifoQueue<std::unique_ptr<Counted>>> {};
struct AtPriorityQueueGet : AtGet<PriorityQueue<std::unique_ptr<Counted>>> {};

template <class Queue> struct AtPut {
    Queue queue{1};
    Coro<> prepare() { co_await queue.put(nullptr); }
    Coro<> pass() {
        co_await queue.put(std::make_unique<Counted>());
        queue.get_nowait();
    }
    Coro<> open() {
        queue.get_nowait();
        co_return;
    }
};
struct AtQueuePut : AtPut<Queue<std::unique_ptr<Counted>>> {};
struct AtLifoQueuePut : AtPut<LifoQueue<std::unique_ptr<Counted>>> {};
struct AtPriorityQueuePut : AtPut<PriorityQueue<std::unique_ptr<Counted>>> {};

struct AtQueueJoin {
    Queue<int> queue;
    Coro<> prepare() { co_await queue.put(1); }
    Coro<> pass() { co_await queue.join(); }
    Coro<> open() {
        queue.task_done();
        co_return;
    }
};

// A separate future for each, since cancelling a task also cancels the future that it awaits.
struct AtFuture {
    std::vector<Future<>> futures;
    Coro<> prepare() { co_return; }
    Coro<> pass() {
        const Future<> mine = futures.emplace_back();
        co_await mine;
    }
    Coro<> open() {
        for (const auto& future : futures)
            if (!future.done()) future.set_result();
        co_return;
    }
};

struct AtSleep {
    static constexpr double delay = 10;
    double deadline = 0;
    Coro<> prepare() { co_return; }
    Coro<> pass() {
        deadline = get_running_loop().time() + delay;
        co_await sleep(delay);
    }
    // In the same turn as the sleepers, but before them.
    Coro<> open() {
        const Future<> due;
        constexpr double just_before = 1e-10;
        get_running_loop().call_at(deadline - just_before, [due] { due.set_result(); });
        co_await due;
    }
};

struct AtShieldedFuture {
    std::optional<Future<>> future;
    Coro<> prepare() {
        future.emplace();
        co_return;
    }
    Coro<> pass() { co_await shield(*future); }
    Coro<> open() {
        future->set_result();
        co_return;
    }
};

struct AtWait : AtShieldedFuture {
    Coro<> pass() { co_await wait({*future}, {.timeout = 1000}); }
};

struct AtWaitFor : AtEvent {
    Coro<> pass() { co_await wait_for(event.wait(), 1000); }
};

struct AtTimeout : AtEvent {
    Coro<> pass() {
        co_await async_with(timeout(1000), [this]() -> Coro<> { co_await event.wait(); });
    }
};

struct AtGather : AtEvent {
    Coro<> pass() { co_await gather(event.wait(), event.wait()); }
};

struct AtTaskGroup : AtEvent {
    Coro<> pass() {
        co_await async_with(TaskGroup{}, [this](TaskGroup& group) -> Coro<> {
            group.create_task([this](Counted) -> Coro<> { co_await event.wait(); }, Counted());
            co_return;
        });
    }
};

struct AtTask : AtEvent {
    Coro<> pass() {
        co_await create_task([this](Counted) -> Coro<> { co_await event.wait(); }, Counted());
    }
};

struct AtAsCompleted : AtShieldedFuture {
    Coro<> pass() {
        auto ends = as_completed(std::vector{*future});
        co_await ends.next();
    }
};

struct AtGeneratorNext : AtEvent {
    static AsyncGenerator<int> when_set(Event& event, Counted = {}) {
        co_await event.wait();
        co_yield 1;
    }
    Coro<> pass() {
        auto generator = when_set(event);
        co_await generator.next();
    }
};

template <class Place> class Cancellation : public testing::Test {
protected:
    ~Cancellation() override { EXPECT_EQ(Counted::alive, 0); }

    static Coro<int> wait_at(Place& place, Counted = {}) {
        const Counted local;
        co_await place.pass();
        co_return 1;
    }

    /// `count` tasks that wait on `place`.
    static Coro<std::vector<Task<int>>> waiters_at(Place& place, int count) {
        std::vector<Task<int>> waiters;
        for (int i = 0; i < count; ++i) waiters.push_back(create_task(wait_at(place)));
        co_await sleep(1);
        for (const auto& waiter : waiters) EXPECT_FALSE(waiter.done());
        co_return waiters;
    }
};

using Places =
    testing::Types<AtLock, AtEvent, AtSemaphore, AtBoundedSemaphore, AtCondition, AtBarrier, AtQueueGet,
                   AtLifoQueueGet, AtPriorityQueueGet, AtQueuePut, AtLifoQueuePut, AtPriorityQueuePut,
                   AtQueueJoin, AtFuture, AtTask, AtSleep, AtGather, AtWait, AtWaitFor, AtShieldedFuture,
                   AtAsCompleted, AtTaskGroup, AtTimeout, AtGeneratorNext>;

struct PlaceNames {
    template <class Place> static std::string GetName(int) {
        const std::string_view whole = __PRETTY_FUNCTION__;
        const std::size_t start = whole.rfind("::At") + 2;
        return std::string(whole.substr(start, whole.find_first_of("];,", start) - start));
    }
};
TYPED_TEST_SUITE(Cancellation, Places, PlaceNames);

TYPED_TEST(Cancellation, before_the_wake_ends_the_waiter_alone) {
    run_virtual([]() -> Coro<> {
        TypeParam place;
        co_await place.prepare();
        auto waiters = co_await TestFixture::waiters_at(place, 2);
        waiters[0].cancel();
        CO_EXPECT_RAISES(co_await waiters[0], CancelledError);
        EXPECT_FALSE(waiters[1].done());
        co_await place.open();
        EXPECT_EQ(co_await waiters[1], 1);
    }());
}

TYPED_TEST(Cancellation, in_the_turn_of_the_wake_passes_the_wake_on) {
    run_virtual([]() -> Coro<> {
        TypeParam place;
        co_await place.prepare();
        auto waiters = co_await TestFixture::waiters_at(place, 2);
        co_await place.open();
        waiters[0].cancel();
        CO_EXPECT_RAISES(co_await waiters[0], CancelledError);
        EXPECT_EQ(co_await waiters[1], 1);
    }());
}

TYPED_TEST(Cancellation, just_before_the_wake_in_one_turn_wakes_the_next) {
    run_virtual([]() -> Coro<> {
        TypeParam place;
        co_await place.prepare();
        auto waiters = co_await TestFixture::waiters_at(place, 2);
        waiters[0].cancel();
        co_await place.open();
        CO_EXPECT_RAISES(co_await waiters[0], CancelledError);
        EXPECT_EQ(co_await waiters[1], 1);
    }());
}

TYPED_TEST(Cancellation, of_every_other_one_of_many_lets_the_rest_through) {
    run_virtual([]() -> Coro<> {
        TypeParam place;
        co_await place.prepare();
        auto waiters = co_await TestFixture::waiters_at(place, 100);
        for (std::size_t i = 0; i < 50; i += 2) waiters[i].cancel();
        co_await place.open();
        for (std::size_t i = 50; i < 100; i += 2) waiters[i].cancel();
        co_await gather(return_exceptions, waiters);
        for (std::size_t i = 0; i < 100; ++i) EXPECT_EQ(waiters[i].cancelled(), i % 2 == 0) << i;
    }());
}

TYPED_TEST(Cancellation, of_all_leaves_none_behind_and_the_next_one_goes_through) {
    run_virtual([]() -> Coro<> {
        TypeParam place;
        co_await place.prepare();
        auto waiters = co_await TestFixture::waiters_at(place, 20);
        for (auto& waiter : waiters) waiter.cancel();
        co_await gather(return_exceptions, waiters);
        co_await sleep(1);
        EXPECT_EQ(all_tasks().size(), 1u);
        EXPECT_TRUE(get_running_loop().timers().empty());
        auto next = create_task(TestFixture::wait_at(place));
        co_await sleep(1);
        co_await place.open();
        EXPECT_EQ(co_await next, 1);
    }());
}

TYPED_TEST(Cancellation, frees_the_frame_and_the_arguments) {
    run_virtual([]() -> Coro<> {
        TypeParam place;
        co_await place.prepare();
        const int before = Counted::alive;
        auto waiters = co_await TestFixture::waiters_at(place, 3);
        EXPECT_GE(Counted::alive, before + 6);
        for (auto& waiter : waiters) waiter.cancel();
        co_await gather(return_exceptions, waiters);
        co_await sleep(1);
        EXPECT_EQ(Counted::alive, before);
    }());
}

TYPED_TEST(Cancellation, by_the_end_of_run_frees_the_frame_and_the_arguments) {
    TypeParam place;
    run_virtual([](TypeParam& place) -> Coro<> {
        co_await place.prepare();
        co_await TestFixture::waiters_at(place, 3);
    }(place));
}

TYPED_TEST(Cancellation, a_loop_closed_without_it_frees_the_frames_too) {
    TypeParam place;
    EventLoop loop(std::make_unique<VirtualClock>());
    Reports reports(loop);
    loop.call_soon([&] {
        create_task([&]() -> Coro<> {
            co_await place.prepare();
            co_await TestFixture::waiters_at(place, 3);
            get_running_loop().stop();
        });
    });
    loop.run_forever();
    loop.close();
    EXPECT_GE(std::ranges::count(reports.messages(), "Task was destroyed but it is pending!"), 3);
}

} // namespace
} // namespace asyncio::test
