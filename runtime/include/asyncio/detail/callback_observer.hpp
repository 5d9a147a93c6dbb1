#pragma once

#include <asyncio/detail/callback.hpp>

namespace asyncio::detail {

/// Is told of each callback that a loop runs; see EventLoop::observe_callbacks().
class CallbackObserver {
public:
    CallbackObserver() = default;
    CallbackObserver(const CallbackObserver&) = delete;
    CallbackObserver& operator=(const CallbackObserver&) = delete;

    virtual void begins(Callback& callback) = 0;
    /// Not called if the callback raised an exception, or if the observer was removed or set meanwhile.
    virtual void ended() = 0;

protected:
    ~CallbackObserver() = default;
};

} // namespace asyncio::detail
