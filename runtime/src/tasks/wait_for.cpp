#include <asyncio/error.hpp>
#include <asyncio/wait_for.hpp>

namespace asyncio::detail {
namespace {

/// Completes a future when another is done, without passing on a cancel in either direction.
class EndOf {
public:
    explicit EndOf(FutureBase& future)
        : callback_(on_done(future, [ended = ended_](const auto&) {
              if (!ended.done()) ended.set_result();
          })) {}
    ~EndOf() { callback_->detach(); }
    EndOf(const EndOf&) = delete;
    EndOf& operator=(const EndOf&) = delete;

    Future<> ended() const { return ended_; }

private:
    Future<> ended_;
    Ref<DoneCallback> callback_;
};

} // namespace

Coro<> cancel_for_timeout(Ref<FutureBase> future) {
    const EndOf end(*future);
    future->cancel();
    co_await end.ended();
    // A cancelled gather() ends with a CancelledError, but is not itself marked as cancelled.
    if (is<CancelledError>(future->take_error()))
        throw TimeoutError("the timeout expired before the wait began");
}

} // namespace asyncio::detail
