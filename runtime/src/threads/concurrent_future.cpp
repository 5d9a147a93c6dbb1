#include "concurrent_monitor.hpp"

#include <asyncio/error.hpp>
#include <asyncio/event_loop.hpp>

#include <utility>

namespace asyncio {

const char* to_string(WorkState state) noexcept {
    switch (state) {
    case WorkState::pending: return "pending";
    case WorkState::running: return "running";
    case WorkState::cancelled: return "cancelled";
    case WorkState::finished: return "finished";
    }
    std::unreachable();
}

namespace detail {
namespace {

bool is_done(WorkState state) { return state == WorkState::cancelled || state == WorkState::finished; }

void call(const std::function<void()>& function) noexcept {
    try {
        function();
    } catch (...) {
        print_context({.message = "Exception in a done callback of a ConcurrentFuture",
                       .exception = std::current_exception()});
    }
}

} // namespace

ConcurrentBase::ConcurrentBase(const EventLoop* loop) : monitor_(std::make_unique<Monitor>()), loop_(loop) {}
ConcurrentBase::~ConcurrentBase() = default;

WorkState ConcurrentBase::state() const noexcept {
    const std::scoped_lock lock(monitor_->mutex);
    return monitor_->state;
}

bool ConcurrentBase::done() const noexcept { return is_done(state()); }

bool ConcurrentBase::start() noexcept {
    const std::scoped_lock lock(monitor_->mutex);
    if (monitor_->state != WorkState::pending) return false;
    monitor_->state = WorkState::running;
    return true;
}

bool ConcurrentBase::cancel() noexcept {
    {
        const std::scoped_lock lock(monitor_->mutex);
        if (monitor_->state == WorkState::cancelled) return true;
        if (monitor_->state != WorkState::pending) return false;
    }
    complete(WorkState::cancelled, nullptr);
    return state() == WorkState::cancelled;
}

void ConcurrentBase::finish() noexcept { complete(WorkState::finished, nullptr); }
void ConcurrentBase::fail(std::exception_ptr error) noexcept {
    complete(WorkState::finished, std::move(error));
}

void ConcurrentBase::complete(WorkState state, std::exception_ptr error) noexcept {
    std::vector<std::function<void()>> callbacks;
    {
        const std::scoped_lock lock(monitor_->mutex);
        if (is_done(monitor_->state)) return;
        // The work has started since the state was checked.
        if (state == WorkState::cancelled && monitor_->state == WorkState::running) return;
        monitor_->state = state;
        monitor_->error = std::move(error);
        callbacks.swap(monitor_->callbacks);
        // Under the lock: a waiter may destroy this object as soon as it sees the state.
        monitor_->changed.notify_all();
    }
    for (const auto& callback : callbacks) call(callback);
}

void ConcurrentBase::add_done_callback(std::function<void()> function) {
    {
        const std::scoped_lock lock(monitor_->mutex);
        if (!is_done(monitor_->state)) {
            monitor_->callbacks.push_back(std::move(function));
            return;
        }
    }
    call(function);
}

bool ConcurrentBase::wait(std::optional<double> seconds) {
    if (done()) return true;
    if (loop_ != nullptr && loop_ == running_loop)
        throw RuntimeError("result() would block the loop that it waits for: co_await the coroutine instead");
    return block(seconds);
}

std::exception_ptr ConcurrentBase::exception() {
    const std::scoped_lock lock(monitor_->mutex);
    if (monitor_->state == WorkState::cancelled) throw CancelledError();
    return monitor_->error;
}

void ConcurrentBase::rethrow_if_failed() {
    if (const std::exception_ptr error = exception()) std::rethrow_exception(error);
}

} // namespace detail
} // namespace asyncio
