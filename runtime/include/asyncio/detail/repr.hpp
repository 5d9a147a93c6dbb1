#pragma once

#include <asyncio/detail/future_base.hpp>
#include <asyncio/handle.hpp>

#include <string>

namespace asyncio::detail {

/// In asyncio's report format: "<Task pending name='Task-1' coro=<main() running at main.cpp:12> wait_for=<a
/// Lock held by task 'Task-2'>>", "<Future finished>".
std::string repr(FutureBase& future);

/// "<Handle a lambda in main()>".
std::string repr(const HandleBase& handle);

} // namespace asyncio::detail
