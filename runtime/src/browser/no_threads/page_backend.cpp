#include "../page_backend.hpp"

#include "../host.hpp"

namespace asyncio {

void browser::wake_page() { asyncio_host_wake(); }

bool browser::other_threads_run() noexcept { return false; }

std::unique_ptr<Backend> make_default_backend() { return browser::make_page_backend(); }

} // namespace asyncio
