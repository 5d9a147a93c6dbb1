#pragma once

/// Tests of coroutines, after Python's unittest.mock.AsyncMock and unittest.IsolatedAsyncioTestCase: link
/// asyncio::testing.

#include <asyncio/testing/async_mock.hpp>
#include <asyncio/testing/call.hpp>
#include <asyncio/testing/effect.hpp>
#include <asyncio/testing/error.hpp>
#include <asyncio/testing/run_test.hpp>
