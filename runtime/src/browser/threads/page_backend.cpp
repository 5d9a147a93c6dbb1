#include "../page_backend.hpp"

#include "../../native/idle_threads.hpp"
#include "../host.hpp"
#include "thread_backend.hpp"

#include <emscripten/proxying.h>
#include <emscripten/threading.h>

namespace asyncio {

void browser::wake_page() {
    if (emscripten_is_main_runtime_thread()) {
        asyncio_host_wake();
        return;
    }
    // The first thread's JavaScript is accessible only from that thread.
    emscripten_proxy_async(
        emscripten_proxy_get_system_queue(), emscripten_main_runtime_thread_id(),
        [](void*) { asyncio_host_wake(); }, nullptr);
}

bool browser::other_threads_run() noexcept {
    return !emscripten_is_main_runtime_thread() || asyncio_host_running_threads() > native::idle_threads;
}

std::unique_ptr<Backend> make_default_backend() {
    if (emscripten_is_main_runtime_thread()) return browser::make_page_backend();
    return std::make_unique<browser::ThreadBackend>();
}

} // namespace asyncio
