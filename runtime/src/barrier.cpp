#include <asyncio/barrier.hpp>
#include <asyncio/detail/finally.hpp>
#include <asyncio/error.hpp>

#include <utility>

namespace asyncio {

const char* to_string(BarrierState state) noexcept {
    switch (state) {
    case BarrierState::filling: return "filling";
    case BarrierState::draining: return "draining";
    case BarrierState::resetting: return "resetting";
    case BarrierState::broken: return "broken";
    }
    std::unreachable();
}

Barrier::Barrier(int parties) : parties_(parties) {
    if (parties < 1)
        throw ValueError("a Barrier needs at least one party: give it how many tasks are to meet");
}

Coro<int> Barrier::wait() {
    auto held = co_await changed_.scoped();
    co_await wait_to_enter();
    const detail::Finally leaving([this] { leave(); });
    const int number = count_++;
    if (number + 1 == parties_) {
        state_ = BarrierState::draining;
        changed_.notify_all();
    } else {
        co_await wait_for_the_others();
    }
    co_return number;
}

Coro<> Barrier::wait_to_enter() {
    co_await changed_.wait_for(
        [this] { return state_ != BarrierState::draining && state_ != BarrierState::resetting; });
    if (broken()) throw BrokenBarrierError("the barrier was aborted: reset() it to use it again");
}

Coro<> Barrier::wait_for_the_others() {
    co_await changed_.wait_for([this] { return state_ != BarrierState::filling; });
    if (broken() || state_ == BarrierState::resetting)
        throw BrokenBarrierError("the barrier was aborted or reset while this task waited: wait() again once "
                                 "it is whole (after abort() it needs a reset())");
}

void Barrier::leave() {
    if (--count_ > 0) return;
    if (state_ == BarrierState::resetting || state_ == BarrierState::draining) state_ = BarrierState::filling;
    // A frame that is destroyed at the end of the loop does not hold the lock.
    if (changed_.locked()) changed_.notify_all();
}

Coro<> Barrier::reset() {
    auto held = co_await changed_.scoped();
    state_ = count_ > 0 ? BarrierState::resetting : BarrierState::filling;
    changed_.notify_all();
}

Coro<> Barrier::abort() {
    auto held = co_await changed_.scoped();
    state_ = BarrierState::broken;
    changed_.notify_all();
}

} // namespace asyncio
