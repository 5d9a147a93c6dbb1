#pragma once

namespace asyncio::program {

/// Ends the calling thread's thread_local objects, the newest first. [basic.start.term]: before the first static one.
void destroy_thread_locals();

} // namespace asyncio::program
