#pragma once

#include <asyncio/async_with.hpp>
#include <asyncio/coro.hpp>

#include <exception>
#include <type_traits>
#include <utility>

namespace asyncio {

/// The context manager that aclosing() gives.
template <class C> class AsyncClosing {
public:
    // NOLINTNEXTLINE(*-rvalue-reference-param-not-moved): C may be a reference
    explicit AsyncClosing(C&& thing) : thing_(detail::keep_manager<C>(thing)) {}
    std::remove_reference_t<C>& aenter() noexcept { return thing_; }
    auto aexit(const std::exception_ptr&) { return thing_.aclose(); }

private:
    detail::KeptManager<C> thing_;
};

/// `co_await async_with(aclosing(gen), body)`: hands `gen` to the body and awaits `gen.aclose()` when the
/// body ends, however it does: an async generator left before its end then cleans up at once. An
/// rvalue is kept alive, and so is a generator that goes, or moves, in the body; any other lvalue is
/// referred to.
template <class C> AsyncClosing<C> aclosing(C&& thing) { return AsyncClosing<C>(std::forward<C>(thing)); }

} // namespace asyncio
