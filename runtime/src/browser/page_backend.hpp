#pragma once

#include <asyncio/backend.hpp>

#include <memory>

namespace asyncio::browser {

/// The backend of a loop that JavaScript's own event loop carries: the one of the program's first thread.
std::unique_ptr<Backend> make_page_backend();

// What threads/ and no_threads/ each say in their own way:

/// Ends the wait of the first thread. From any thread.
void wake_page();

/// Whether a thread other than the calling one may still do something that wakes its loop.
bool other_threads_run() noexcept;

} // namespace asyncio::browser
