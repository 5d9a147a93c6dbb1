#pragma once

namespace asyncio::program {

/// Destroys the calling thread's thread_local objects, newest first. [basic.start.term]: before all static ones.
void destroy_thread_locals();

} // namespace asyncio::program
