#include <asyncio/detail/error_of.hpp>
#include <asyncio/detail/inbox.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/wait_for.hpp>

#include <utility>

/// The interface of the loop for other threads.

namespace asyncio {

namespace detail {

void notify(const std::shared_ptr<Inbox>& inbox, std::uint64_t number) noexcept {
    inbox->put({.handle = {}, .number = number});
}

} // namespace detail

void EventLoop::put_threadsafe(detail::Ref<detail::HandleBase> callback) {
    // On the loop's own thread, keeps the order relative to call_soon().
    if (detail::running_loop == this)
        callback->schedule_soon();
    else if (!inbox_->put({.handle = std::move(callback)}))
        throw RuntimeError("the event loop is closed: it runs no more callbacks");
}

void EventLoop::take_in() {
    for (const detail::Inbox::Entry& entry : inbox_->take()) {
        if (entry.handle) {
            entry.handle->schedule_soon();
            continue;
        }
        const auto found = expected_.find(entry.number);
        if (found == expected_.end()) continue;
        found->second.callback->schedule_soon();
        expect_no_more(entry.number);
    }
}

std::uint64_t EventLoop::expect(detail::Ref<detail::HandleBase> callback, bool is_work) {
    if (is_work) ++expected_work_;
    expected_.emplace(++last_expected_, Expected{.callback = std::move(callback), .is_work = is_work});
    return last_expected_;
}

void EventLoop::expect_no_more(std::uint64_t number) noexcept {
    const auto found = expected_.find(number);
    if (found == expected_.end()) return;
    if (found->second.is_work) --expected_work_;
    expected_.erase(found);
}

void EventLoop::set_default_executor(std::shared_ptr<ThreadPoolExecutor> executor) {
    if (executor == nullptr)
        throw ValueError("set_default_executor() needs an executor: the pointer is null");
    executor_ = std::move(executor);
}

ThreadPoolExecutor& EventLoop::default_executor() {
    if (executor_shut_down_) throw RuntimeError("the default executor was shut down: the program is ending");
    if (!executor_) executor_ = std::make_shared<ThreadPoolExecutor>();
    return *executor_;
}

Coro<> EventLoop::shutdown_default_executor(MaybeDelay timeout) {
    if (std::exchange(executor_shut_down_, true) || !executor_) co_return;
    const Future<> finished(*this);
    const std::uint64_t number = expect(
        [finished] {
            if (!finished.done()) finished.set_result();
        },
        true);
    executor_->shutdown_then([inbox = inbox_, number] { detail::notify(inbox, number); });
    if (!timeout) {
        co_await finished;
        co_return;
    }
    const std::exception_ptr error = co_await detail::error_of(wait_for(finished, timeout));
    if (!error) co_return;
    if (!is<TimeoutError>(error)) std::rethrow_exception(error);
    call_exception_handler({.message = "The executor did not finish its work within the timeout",
                            .source = "the loop closes once the work is done"});
}

} // namespace asyncio
