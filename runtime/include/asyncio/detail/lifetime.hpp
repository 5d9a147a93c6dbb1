#pragma once

/// Marks a class whose objects refer to the arguments of the `[[clang::lifetimebound]]` function that created
/// them: for clang's -Wdangling, with which the page's compiler finds coroutines that outlive what they refer
/// to.
#ifdef ASYNCIO_CHECK_LIFETIMES
#define ASYNCIO_REFERS [[gsl::Pointer]]

namespace asyncio::detail {

/// Only for that check, and not defined: marks an argument that outlives the full expression.
template <class C> C kept(C coroutine [[clang::lifetime_capture_by(global)]]);

} // namespace asyncio::detail
#else
#define ASYNCIO_REFERS
#endif
