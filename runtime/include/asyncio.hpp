#pragma once

/// asyncio for C++: everything, as `import asyncio` gives it.

#include <asyncio/as_completed.hpp>
#include <asyncio/async_generator.hpp>
#include <asyncio/async_with.hpp>
#include <asyncio/barrier.hpp>
#include <asyncio/condition.hpp>
#include <asyncio/context_var.hpp>
#include <asyncio/coro.hpp>
#include <asyncio/duration.hpp>
#include <asyncio/ensure_future.hpp>
#include <asyncio/error.hpp>
#include <asyncio/event.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/exception_group.hpp>
#include <asyncio/future.hpp>
#include <asyncio/gather.hpp>
#include <asyncio/handle.hpp>
#include <asyncio/lock.hpp>
#include <asyncio/outcome.hpp>
#include <asyncio/queue.hpp>
#include <asyncio/run.hpp>
#include <asyncio/semaphore.hpp>
#include <asyncio/shield.hpp>
#include <asyncio/sleep.hpp>
#include <asyncio/task.hpp>
#include <asyncio/task_group.hpp>
#include <asyncio/timeout.hpp>
#include <asyncio/virtual_clock.hpp>
#include <asyncio/wait.hpp>
#include <asyncio/wait_for.hpp>
