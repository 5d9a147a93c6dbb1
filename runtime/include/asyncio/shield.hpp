#pragma once

#include <asyncio/detail/future_base.hpp>
#include <asyncio/ensure_future.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/future.hpp>

#include <exception>
#include <utility>

namespace asyncio {
namespace detail {

/// Reports an error that nobody is left to see.
void report_shielded_error(const Ref<FutureBase>& inner);

} // namespace detail

/// A future that ends as `awaitable` does, but whose cancel does not reach it: who awaits it is
/// cancelled, the shielded task goes on. An error it then ends with goes to the exception handler.
template <class A> auto shield(A&& awaitable) {
    using T = detail::FutureValueOf<A>;
    const detail::Ref<detail::FutureBase> inner = ensure_future(std::forward<A>(awaitable)).ref();
    if (inner->done()) return Future<T>(inner);
    Future<T> outer(inner->loop());
    auto pass_on = detail::on_done(*inner, [outer](const detail::Ref<detail::FutureBase>& done) {
        if (outer.cancelled()) return;
        if (done->cancelled()) {
            outer.cancel();
        } else if (std::exception_ptr error = done->exception()) {
            outer.set_exception(std::move(error));
        } else if constexpr (std::is_void_v<T>) {
            outer.set_result();
        } else {
            outer.set_result(static_cast<detail::ResultSlot<T>*>(done->result_slot())->take(done->unique()));
        }
    });
    // No reference to the inner future: it would keep itself alive through the outer one.
    detail::on_done(*outer.ref(), [inner = inner.get(), pass_on](const auto&) {
        if (!pass_on->waits()) return;
        pass_on->detach();
        detail::on_done(*inner, detail::report_shielded_error);
    });
    return outer;
}

} // namespace asyncio
