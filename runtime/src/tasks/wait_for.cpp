#include <asyncio/detail/exception_kind.hpp>
#include <asyncio/error.hpp>
#include <asyncio/wait_for.hpp>

namespace asyncio::detail {
namespace {

/// Wakes a future when another is done, without passing a cancel from the one to the other.
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
    // A gather() that was cancelled ends with a CancelledError, without being cancelled itself.
    if (is<CancelledError>(future->take_error()))
        throw TimeoutError("the timeout expired before the wait began");
}

} // namespace asyncio::detail
