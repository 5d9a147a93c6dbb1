#pragma once

#include <asyncio/async_with.hpp>
#include <asyncio/coro.hpp>

#include <exception>
#include <type_traits>
#include <utility>

namespace asyncio {

/// The context manager that aclosing() returns.
template <class C> class AsyncClosing {
public:
    // NOLINTNEXTLINE(*-rvalue-reference-param-not-moved): C may be a reference
    explicit AsyncClosing(C&& thing) : thing_(detail::keep_manager<C>(thing)) {}
    std::remove_reference_t<C>& aenter() noexcept { return thing_; }
    auto aexit(const std::exception_ptr&) { return thing_.aclose(); }

private:
    detail::KeptManager<C> thing_;
};

/// `co_await async_with(aclosing(gen), body)`: passes `gen` to the body and awaits `gen.aclose()` when the
/// body ends, normally or by an error, so that an async generator that was not run to its end cleans up at
/// once. An rvalue is kept alive, and so is a generator that the body destroys or moves; any other lvalue is
/// held by reference.
template <class C> AsyncClosing<C> aclosing(C&& thing) { return AsyncClosing<C>(std::forward<C>(thing)); }

} // namespace asyncio
