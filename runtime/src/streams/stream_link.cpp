#include <asyncio/detail/finally.hpp>
#include <asyncio/detail/stream_link.hpp>
#include <asyncio/error.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/sleep.hpp>

#include <utility>

namespace asyncio::detail {

StreamLink::StreamLink(EventLoop& loop, std::size_t limit) : buffer(limit), loop_(loop), closed_(loop) {}

void StreamLink::resume_writing() {
    writing_paused_ = false;
    for (const Future<>& drainer : drainers_)
        if (!drainer.done()) drainer.set_result();
}

void StreamLink::connection_lost(const std::exception_ptr& error) {
    if (std::exchange(lost_, true)) return;
    buffer.transport = nullptr;
    if (error)
        buffer.fail(error);
    else
        buffer.feed_eof();
    if (!closed_.done()) {
        if (error) {
            closed_.set_exception(error);
            // Marks the error as retrieved, since nothing has to await the end; reads raise the error too.
            (void)closed_.exception();
        } else {
            closed_.set_result();
        }
    }
    for (const Future<>& drainer : drainers_) {
        if (drainer.done()) continue;
        if (error)
            drainer.set_exception(error);
        else
            drainer.set_result();
    }
    until_lost.reset();
}

Coro<> StreamLink::drain() {
    if (buffer.exception()) std::rethrow_exception(buffer.exception());
    // If closing, suspends for one turn, in which a lost connection is detected.
    if (transport->is_closing()) co_await sleep(0);
    if (lost_) throw ConnectionResetError("Connection lost");
    if (!writing_paused_) co_return;
    const Future<> drainer(loop_);
    drainers_.push_back(drainer);
    const Finally leave([&] { std::erase(drainers_, drainer); });
    co_await drainer;
}

Coro<> StreamLink::wait_closed() { co_await closed_; }

} // namespace asyncio::detail
