// std::thread, std::jthread, std::async and the executors' threads: the parts that pthread_create() needs here.

#include "../host.hpp"

#include <atomic>
#include <cerrno>
#include <emscripten/threading.h>
#include <exception>
#include <memory>
#include <pthread.h>

namespace {

/// Each thread is a worker with its own JavaScript: too many would crash the page.
constexpr int most_threads = 200;

std::atomic<int> running_threads = 0;

struct Start {
    void* (*function)(void*);
    void* argument;
};

/// An exception that leaves a thread ends the program, as in standard C++.
void* run_thread(void* given) {
    const Start start = *std::unique_ptr<Start>(static_cast<Start*>(given));
    void* result = nullptr;
    try {
        result = start.function(start.argument);
    } catch (...) {
        std::terminate();
    }
    --running_threads;
    return result;
}

} // namespace

// The linker's --wrap redirects every call here.
extern "C" {

int __real_pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*function)(void*),
                          void* argument);

int __wrap_pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*function)(void*),
                          void* argument) {
    if (++running_threads > most_threads) {
        --running_threads;
        return EAGAIN;
    }
    if (emscripten_is_main_runtime_thread() && asyncio_host_can_block()) asyncio_host_prepare_thread();
    auto start = std::make_unique<Start>(function, argument);
    const int error = __real_pthread_create(thread, attributes, run_thread, start.get());
    if (error == 0)
        start.release();
    else
        --running_threads;
    return error;
}

int asyncio_host_running_threads() { return running_threads; }
}
