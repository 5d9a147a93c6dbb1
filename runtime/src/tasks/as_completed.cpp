#include <asyncio/detail/as_completed_state.hpp>
#include <asyncio/error.hpp>
#include <asyncio/event_loop.hpp>

#include <unordered_set>

namespace asyncio::detail {

Ref<AsCompletedState> AsCompletedState::begin(const std::vector<Ref<FutureBase>>& futures,
                                              MaybeDelay timeout) {
    auto state = make_ref<AsCompletedState>();
    std::unordered_set<FutureBase*> seen;
    for (const Ref<FutureBase>& future : futures) {
        if (!seen.insert(future.get()).second) continue;
        state->waiting_.emplace_back(
            future.get(), on_done(*future, [state](const Ref<FutureBase>& done) { state->one_done(done); }));
    }
    state->left_ = state->waiting_.size();
    if (timeout && state->left_ > 0)
        state->timer_ = get_running_loop().call_later(*timeout, [state] { state->time_is_up(); });
    return state;
}

Coro<Ref<FutureBase>> AsCompletedState::next_done() {
    Ref<FutureBase> done = co_await done_.get();
    if (!done) throw TimeoutError("as_completed(): the timeout expired before all awaitables finished");
    co_return done;
}

void AsCompletedState::one_done(const Ref<FutureBase>& future) {
    if (waiting_.empty()) return;
    std::erase_if(waiting_, [&](const auto& entry) { return entry.first == future.get(); });
    done_.put_nowait(future);
    if (waiting_.empty() && timer_) timer_->cancel();
}

void AsCompletedState::time_is_up() {
    for (auto& [future, callback] : waiting_) {
        if (callback->waits()) callback->detach();
        done_.put_nowait(nullptr);
    }
    waiting_.clear();
}

} // namespace asyncio::detail
