#pragma once

#include <asyncio/detail/resume_point.hpp>

namespace asyncio::detail {

/// What an operation returns that is a coroutine in Python and is over when the call returns here: it may be
/// awaited, and need not be.
using Completed = ResumePoint;

} // namespace asyncio::detail
