#pragma once

#include <asyncio/detail/intrusive_list.hpp>

namespace asyncio::detail {

class FutureBase;

/// Something that the loop runs: a task's next step, a handle, a due timer. It is linked either in a future's
/// list of callbacks or in the loop's ready queue, and moves between them without allocation.
class Callback : public ListNode {
public:
    /// Called by the loop, after the callback was removed from every list.
    virtual void run() = 0;
    /// Called instead of run() if the future or the loop that holds it is destroyed.
    virtual void drop() noexcept = 0;

    /// The future or task that waits, through this callback, for the future in whose list it is; null if
    /// there is none.
    virtual FutureBase* awaiter() noexcept { return nullptr; }

    /// Called when the future that it waited for is done and the callback moves to the ready queue.
    virtual void made_ready_by(FutureBase&) noexcept {}

protected:
    ~Callback() = default;
};

using CallbackList = IntrusiveList<Callback>;

} // namespace asyncio::detail
