#include <asyncio/timeout.hpp>

#include <utility>

namespace asyncio {

const char* to_string(TimeoutState state) noexcept {
    switch (state) {
    case TimeoutState::created: return "created";
    case TimeoutState::active: return "active";
    case TimeoutState::expiring: return "expiring";
    case TimeoutState::expired: return "expired";
    case TimeoutState::finished: return "finished";
    }
    std::unreachable();
}

namespace detail {

Deadline::~Deadline() {
    if (timer_) timer_->cancel();
}

void Deadline::reschedule(std::optional<double> when) {
    if (state_ == TimeoutState::created)
        throw RuntimeError("reschedule() of a timeout that has not been entered: use it inside async_with()");
    if (state_ != TimeoutState::active)
        throw RuntimeError(std::string("reschedule() of a timeout that is ") + to_string(state_) +
                           ": create a new one with timeout()");
    when_ = when;
    if (timer_) timer_->cancel();
    timer_.reset();
    if (!when) return;
    EventLoop& loop = task_->loop();
    if (*when <= loop.time())
        timer_ = loop.call_soon([this] { expire(); });
    else
        timer_ = loop.call_at(*when, [this] { expire(); });
}

void Deadline::enter() {
    if (state_ != TimeoutState::created)
        throw RuntimeError("this timeout has already been entered: create a new one with timeout()");
    task_ = Ref(&require_current_task());
    state_ = TimeoutState::active;
    cancelling_before_ = task_->cancelling();
    reschedule(when_);
}

void Deadline::exit(const std::exception_ptr& error) {
    if (timer_) timer_->cancel();
    timer_.reset();
    const Ref<detail::TaskBase> task = std::exchange(task_, nullptr);
    if (state_ == TimeoutState::active) {
        state_ = TimeoutState::finished;
        return;
    }
    state_ = TimeoutState::expired;
    // More requests than before: there was also a cancel from elsewhere, which is passed on.
    if (task->uncancel() <= cancelling_before_ && is<CancelledError>(error))
        throw TimeoutError("the timeout expired");
}

void Deadline::expire() {
    task_->cancel();
    state_ = TimeoutState::expiring;
    timer_.reset();
}

} // namespace detail

Timeout timeout(MaybeDelay delay) {
    if (!delay) return Timeout(std::nullopt);
    return Timeout(get_running_loop().time() + delay->seconds());
}

Timeout timeout_at(std::optional<double> when) { return Timeout(when); }

} // namespace asyncio
