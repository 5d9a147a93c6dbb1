// std::thread, std::jthread, std::async and the executors' threads: what pthread_create() needs here.

#include "../host.hpp"

#include <atomic>
#include <cerrno>
#include <emscripten/threading.h>
#include <exception>
#include <memory>
#include <pthread.h>

namespace {

/// Each is a worker with JavaScript of its own: many more would end the page instead.
constexpr int most_threads = 200;

std::atomic<int> running_threads = 0;

struct Start {
    void* (*function)(void*);
    void* argument;
};

/// What throws out of a thread ends the program, as in C++ everywhere.
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

// The linker's --wrap leads every call through here.
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
