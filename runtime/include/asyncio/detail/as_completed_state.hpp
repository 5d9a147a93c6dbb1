#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/future_base.hpp>
#include <asyncio/duration.hpp>
#include <asyncio/handle.hpp>
#include <asyncio/queue.hpp>

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace asyncio::detail {

/// The state of as_completed(), independent of the result types.
class AsCompletedState final : public RefCounted {
public:
    static Ref<AsCompletedState> begin(const std::vector<Ref<FutureBase>>& futures, MaybeDelay timeout);

    /// Claims the next result; returns false if all are claimed.
    bool take_turn() noexcept {
        if (left_ == 0) return false;
        --left_;
        return true;
    }

    /// Suspends until one more is done; raises TimeoutError when the timeout has passed.
    Coro<Ref<FutureBase>> next_done();

private:
    void one_done(const Ref<FutureBase>& future);
    void time_is_up();

    Queue<Ref<FutureBase>> done_; // null: the timeout has passed
    // Raw pointers: a future that never completes would keep itself alive through its callback.
    std::vector<std::pair<FutureBase*, Ref<DoneCallback>>> waiting_;
    std::optional<TimerHandle> timer_;
    std::size_t left_ = 0;
};

} // namespace asyncio::detail
