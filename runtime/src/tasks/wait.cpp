#include "../loop/order.hpp"

#include <asyncio/detail/finally.hpp>
#include <asyncio/detail/join_future.hpp>
#include <asyncio/detail/task_base.hpp>
#include <asyncio/error.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/wait.hpp>

#include <cstddef>
#include <optional>

namespace asyncio::detail {
namespace {

/// Outlives the wait while a callback is still to be called.
class WaitState final : public RefCounted, public JoinSource {
public:
    WaitState(const std::vector<Ref<FutureBase>>& futures, ReturnWhen return_when)
        : enough(Ref<FutureBase>(new JoinFuture(get_running_loop(), AwaitedKind::wait, *this))),
          futures_(futures), left_(futures.size()), return_when_(return_when) {}

    Future<> enough;
    std::optional<TimerHandle> timer;

    void one_done(FutureBase& future) {
        if (--left_ > 0 && return_when_ != FIRST_COMPLETED && !ends_wait(future)) return;
        if (timer) timer->cancel();
        finish();
    }

    void finish() {
        if (!enough.done()) enough.set_result();
    }

    std::vector<AnyFuture> pending() const override {
        std::vector<AnyFuture> pending;
        for (const Ref<FutureBase>& future : futures_)
            if (!future->done()) pending.emplace_back(future);
        return pending;
    }

private:
    bool ends_wait(FutureBase& future) const {
        return return_when_ == FIRST_EXCEPTION && !future.cancelled() && future.exception() != nullptr;
    }

    const std::vector<Ref<FutureBase>>& futures_; // valid while the task waits
    std::size_t left_;
    ReturnWhen return_when_;
};

struct OneDone {
    Ref<WaitState> state;
    FutureBase* waiting_task;
    FutureBase* awaiter() const noexcept { return waiting_task; }
    void operator()(const Ref<FutureBase>& done) const { state->one_done(*done); }
};

} // namespace

std::size_t last_of(std::size_t count) {
    Order* const order = get_running_loop().order();
    return order == nullptr ? count - 1 : order->below(count);
}

Coro<> wait_for_some(std::vector<Ref<FutureBase>> futures, WaitOptions options) {
    if (futures.empty()) throw ValueError("wait() needs at least one task or future");
    const auto state = make_ref<WaitState>(futures, options.return_when);
    if (options.timeout)
        state->timer = get_running_loop().call_later(*options.timeout, [state] { state->finish(); });
    std::vector<Ref<DoneCallback>> callbacks;
    callbacks.reserve(futures.size());
    for (const Ref<FutureBase>& future : futures)
        callbacks.push_back(
            on_done(*future, OneDone{.state = state, .waiting_task = &require_current_task()}));
    const Finally clean_up([&] {
        if (state->timer) state->timer->cancel();
        // Callbacks that are already scheduled are still called, as in Python.
        for (std::size_t i = 0; i < futures.size(); ++i)
            if (!futures[i]->done()) callbacks[i]->detach();
    });
    co_await state->enough;
}

} // namespace asyncio::detail
