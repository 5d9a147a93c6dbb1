#pragma once

#include <asyncio/backend.hpp>

#include <memory>

namespace asyncio::browser {

/// The backend of a loop that JavaScript's event loop drives: the loop of the program's first thread.
std::unique_ptr<Backend> make_page_backend();

// Implemented differently in threads/ and no_threads/:

/// Ends the wait of the first thread. Thread-safe.
void wake_page();

/// Whether any other thread may still wake the caller's loop.
bool other_threads_run() noexcept;

} // namespace asyncio::browser
