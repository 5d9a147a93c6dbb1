#include "thread_locals.hpp"

#include <emscripten/threading.h>
#include <memory>

// Without threads Emscripten makes thread_local objects static, and those of the first thread are never destroyed with
// it.

namespace {

using Destructor = void (*)(void*);

struct Ending {
    Destructor destructor;
    void* object;
    Ending* before;
};

/// Those of this thread, the newest first.
constinit thread_local Ending* endings = nullptr;
constinit thread_local bool ends_with_thread = false;

void destroy_all(void* /*unused*/) { asyncio::program::destroy_thread_locals(); }

} // namespace

void asyncio::program::destroy_thread_locals() {
    // A destructor may register more.
    while (endings != nullptr) {
        const std::unique_ptr<Ending> newest(endings);
        endings = newest->before;
        newest->destructor(newest->object);
    }
    ends_with_thread = false;
}

// The linker's --wrap redirects every call here.
extern "C" {

int __real___cxa_thread_atexit(Destructor destructor, void* object, void* module) noexcept;

int __wrap___cxa_thread_atexit(Destructor destructor, void* object, void* module) noexcept {
    endings = new Ending(destructor, object, endings);
    // exit() destroys those of its calling thread; other threads destroy their own.
    if (emscripten_is_main_runtime_thread() || ends_with_thread) return 0;
    ends_with_thread = true;
    return __real___cxa_thread_atexit(destroy_all, nullptr, module);
}
}
