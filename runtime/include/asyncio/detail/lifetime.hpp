#pragma once

/// A class whose objects refer to what a function with `[[clang::lifetimebound]]` made them of: for clang's -Wdangling,
/// by which the page's compiler looks for coroutines that are kept longer than what they refer to.
#ifdef ASYNCIO_CHECK_LIFETIMES
#define ASYNCIO_REFERS [[gsl::Pointer]]

namespace asyncio::detail {

/// Only for that check, and nowhere defined: what is kept longer than the expression it is given in.
template <class C> C kept(C coroutine [[clang::lifetime_capture_by(global)]]);

} // namespace asyncio::detail
#else
#define ASYNCIO_REFERS
#endif
