#include <asyncio/detail/finally.hpp>
#include <asyncio/error.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/wait.hpp>

#include <cstddef>
#include <optional>

namespace asyncio::detail {
namespace {

/// Outlives the wait for as long as a callback is still to be called.
class WaitState final : public RefCounted {
public:
    WaitState(std::size_t count, ReturnWhen return_when) : left_(count), return_when_(return_when) {}

    Future<> enough;
    std::optional<TimerHandle> timer;

    void one_done(FutureBase& future) {
        --left_;
        const bool failed =
            return_when_ == FIRST_EXCEPTION && !future.cancelled() && future.exception() != nullptr;
        if (left_ > 0 && return_when_ != FIRST_COMPLETED && !failed) return;
        if (timer) timer->cancel();
        finish();
    }

    void finish() {
        if (!enough.done()) enough.set_result();
    }

private:
    std::size_t left_;
    ReturnWhen return_when_;
};

} // namespace

Coro<> wait_for_some(std::vector<Ref<FutureBase>> futures, WaitOptions options) {
    if (futures.empty()) throw ValueError("wait() needs at least one task or future");
    const auto state = make_ref<WaitState>(futures.size(), options.return_when);
    if (options.timeout)
        state->timer = get_running_loop().call_later(*options.timeout, [state] { state->finish(); });
    std::vector<Ref<DoneCallback>> callbacks;
    callbacks.reserve(futures.size());
    for (const Ref<FutureBase>& future : futures)
        callbacks.push_back(
            on_done(*future, [state](const Ref<FutureBase>& done) { state->one_done(*done); }));
    const Finally clean_up([&] {
        if (state->timer) state->timer->cancel();
        // What is scheduled already is still called, as in Python.
        for (std::size_t i = 0; i < futures.size(); ++i)
            if (!futures[i]->done()) callbacks[i]->detach();
    });
    co_await state->enough;
}

} // namespace asyncio::detail
