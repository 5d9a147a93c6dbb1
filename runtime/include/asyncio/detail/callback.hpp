#pragma once

#include <asyncio/detail/intrusive_list.hpp>

namespace asyncio::detail {

class FutureBase;

/// Something the loop will run: a task's next step, a handle, a due timer. It waits either in a
/// future's list of callbacks or in the loop's ready queue, and moves from one to the other whole.
class Callback : public ListNode {
public:
    /// Called by the loop, with the callback already out of every list.
    virtual void run() = 0;
    /// Called instead of run() when the future or the loop it waits in goes away.
    virtual void drop() noexcept = 0;

    /// Who waits, by means of this callback, for the future in whose list it is; null when nobody does.
    virtual FutureBase* awaiter() noexcept { return nullptr; }

    /// The future it waited for is done: it moves to the ready queue.
    virtual void made_ready_by(FutureBase&) noexcept {}

protected:
    ~Callback() = default;
};

using CallbackList = IntrusiveList<Callback>;

} // namespace asyncio::detail
