#pragma once

namespace asyncio::browser {

/// Whether the page can send requests to a web server of this thread, and so wake its loop.
bool page_can_send() noexcept;

} // namespace asyncio::browser
