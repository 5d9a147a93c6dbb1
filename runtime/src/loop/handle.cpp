#include <asyncio/detail/repr.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/handle.hpp>

#include <utility>

namespace asyncio::detail {

void HandleBase::schedule_soon() {
    retain();
    waiting_ = true;
    loop_.make_ready(*this);
}

void HandleBase::schedule_at(double when) {
    when_ = when;
    slot_ = loop_.timers().add(when, *this);
    retain();
    waiting_ = true;
}

void HandleBase::run() {
    const Ref<HandleBase> self(this);
    waiting_ = false;
    release();
    const ContextScope scope(context_);
    try {
        call();
    } catch (const KeyboardInterrupt&) {
        throw;
    } catch (...) {
        loop_.call_exception_handler({.message = "Exception in a callback",
                                      .exception = std::current_exception(),
                                      .source = repr(*this)});
    }
    forget();
}

void HandleBase::drop() noexcept {
    if (!std::exchange(waiting_, false)) return;
    const Ref<HandleBase> self(this);
    release();
    forget();
}

void HandleBase::cancel() noexcept {
    if (std::exchange(cancelled_, true) || !waiting_) return;
    // A timer that is due has left its slot and is in the ready queue.
    if (linked())
        unlink();
    else
        loop_.timers().cancel(slot_);
    drop();
}

} // namespace asyncio::detail
