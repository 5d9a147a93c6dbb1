#include <asyncio/barrier.hpp>
#include <asyncio/condition.hpp>
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

namespace detail {

Meeting::Meeting(int parties)
    : changed_(make_ref<ConditionState>(make_ref<LockState>(), AwaitedKind::barrier, this)),
      parties_(parties) {
    if (parties < 1)
        throw ValueError(
            "a Barrier needs at least one party: pass the number of tasks that wait for each other");
}

Meeting::~Meeting() = default;

Coro<int> Meeting::wait(Ref<Meeting> self) {
    const auto held = co_await scoped(self->changed_);
    co_await self->wait_to_enter();
    const Finally leaving([&self] { self->leave(); });
    const int number = self->count_++;
    if (number + 1 == self->parties_) {
        self->state_ = BarrierState::draining;
        self->changed_->notify_all();
    } else {
        co_await self->wait_for_the_others();
    }
    co_return number;
}

Coro<> Meeting::wait_to_enter() {
    co_await ConditionState::wait_for(
        changed_, [this] { return state_ != BarrierState::draining && state_ != BarrierState::resetting; });
    if (state_ == BarrierState::broken)
        throw BrokenBarrierError("the barrier was aborted: reset() it to use it again");
}

Coro<> Meeting::wait_for_the_others() {
    co_await ConditionState::wait_for(changed_, [this] { return state_ != BarrierState::filling; });
    if (state_ == BarrierState::broken || state_ == BarrierState::resetting)
        throw BrokenBarrierError("the barrier was aborted or reset while this task waited: call wait() again "
                                 "(after abort(), call reset() first)");
}

void Meeting::leave() {
    if (--count_ > 0) return;
    if (state_ == BarrierState::resetting || state_ == BarrierState::draining) state_ = BarrierState::filling;
    // A frame that is destroyed at the end of the loop does not hold the lock.
    if (changed_->locked()) changed_->notify_all();
}

Coro<> Meeting::reset(Ref<Meeting> self) {
    const auto held = co_await scoped(self->changed_);
    self->state_ = self->count_ > 0 ? BarrierState::resetting : BarrierState::filling;
    self->changed_->notify_all();
}

Coro<> Meeting::abort(Ref<Meeting> self) {
    const auto held = co_await scoped(self->changed_);
    self->state_ = BarrierState::broken;
    self->changed_->notify_all();
}

} // namespace detail
} // namespace asyncio
