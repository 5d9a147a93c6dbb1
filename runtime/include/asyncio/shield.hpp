#pragma once

#include <asyncio/await_graph.hpp>
#include <asyncio/detail/future_base.hpp>
#include <asyncio/ensure_future.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/future.hpp>

#include <exception>
#include <type_traits>
#include <utility>

namespace asyncio {
namespace detail {

/// Reports the error with which `inner` ends, once, since nothing else will observe it.
void report_shielded_error(FutureBase& inner);

/// The result of shield() while the shielded future is pending.
template <class T> class ShieldFuture final : public FutureWithResult<T> {
public:
    explicit ShieldFuture(FutureBase& inner) : FutureWithResult<T>(inner.loop()), inner_(&inner) {}
    AwaitedThing awaited_thing() override {
        AwaitedThing thing{.kind = AwaitedKind::shield, .identity = this};
        // The inner future exists while its callback is registered there.
        if (pass_on && pass_on->waits()) thing.futures.emplace_back(Ref(inner_));
        return thing;
    }
    bool stands_for_others() const noexcept override { return true; }
    Ref<DoneCallback> pass_on;

private:
    FutureBase* inner_;
};

/// Completes the outer future with the inner one's outcome.
template <class T> struct PassOn {
    Future<T> outer;
    FutureBase* awaiter() const noexcept { return outer.ref().get(); }
    void operator()(const Ref<FutureBase>& done) const {
        if (outer.cancelled()) return;
        if (done->cancelled()) {
            outer.cancel();
        } else if (std::exception_ptr error = done->exception()) {
            outer.set_exception(std::move(error));
        } else if constexpr (std::is_void_v<T>) {
            outer.set_result();
        } else {
            outer.set_result(static_cast<ResultSlot<T>*>(done->result_slot())->take(done->unique()));
        }
    }
};

} // namespace detail

/// A future that completes with `awaitable` but does not pass a cancel on to it: the awaiting task is
/// cancelled, the shielded task continues. If that later ends with an error, the error goes to the exception
/// handler.
template <class A> auto shield(A&& awaitable) {
    using T = detail::FutureValueOf<A>;
    const detail::Ref<detail::FutureBase> inner = ensure_future(std::forward<A>(awaitable)).ref();
    if (inner->done()) return Future<T>(inner);
    auto* state = new detail::ShieldFuture<T>(*inner);
    const Future<T> outer{detail::Ref<detail::FutureBase>(state)};
    const detail::Ref<detail::DoneCallback> pass_on = detail::on_done(*inner, detail::PassOn<T>{outer});
    state->pass_on = pass_on;
    // No reference to the inner future: it would keep itself alive through the outer one.
    detail::on_done(*outer.ref(), [inner = inner.get(), pass_on](const auto&) {
        if (!pass_on->waits()) return;
        pass_on->detach();
        detail::report_shielded_error(*inner);
    });
    return outer;
}

} // namespace asyncio
