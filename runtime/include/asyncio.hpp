#pragma once

/// asyncio for C++: everything, as `import asyncio` gives it.

#include <asyncio/coro.hpp>
#include <asyncio/duration.hpp>
#include <asyncio/ensure_future.hpp>
#include <asyncio/error.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/future.hpp>
#include <asyncio/gather.hpp>
#include <asyncio/handle.hpp>
#include <asyncio/lock.hpp>
#include <asyncio/outcome.hpp>
#include <asyncio/run.hpp>
#include <asyncio/semaphore.hpp>
#include <asyncio/sleep.hpp>
#include <asyncio/task.hpp>
#include <asyncio/virtual_clock.hpp>
