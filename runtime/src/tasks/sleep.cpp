#include <asyncio/await_graph.hpp>
#include <asyncio/sleep.hpp>

namespace asyncio::detail {

AwaitedThing SleepWaiter::awaited_thing() { return {.kind = AwaitedKind::sleep, .identity = this}; }

SleepTimer::SleepTimer(EventLoop& loop, double seconds)
    : waiter_(loop), slot_(loop.timers().add(loop.time() + seconds, *this)) {}

SleepTimer::~SleepTimer() {
    // If due, it is in the ready queue or has run; otherwise it is still in its slot.
    if (slot_ != TimerQueue::no_slot && !linked()) waiter_.loop().timers().cancel(slot_);
}

void SleepTimer::run() {
    slot_ = TimerQueue::no_slot;
    waiter_.wake();
}

void throw_delay_is_nan() { throw ValueError("sleep(NaN): the delay must be a number"); }

} // namespace asyncio::detail
