// poll() and select() wait while JavaScript's event loop runs, where Emscripten's return immediately with nothing ready.

#include "host.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <emscripten.h>
#include <emscripten/threading.h>
#include <poll.h>

// The linker's --wrap redirects every call here. They return the negative error number.
extern "C" {

int __syscall_poll_nonblocking(pollfd* files, int count);
int __real___syscall_poll(pollfd* files, int count, int milliseconds);
void emscripten_thread_sleep(double milliseconds);

int __wrap___syscall_poll(pollfd* files, int count, int milliseconds) {
    // The other threads wait through the first thread's JavaScript.
    if (!emscripten_is_main_runtime_thread()) return __real___syscall_poll(files, count, milliseconds);
    int ready = __syscall_poll_nonblocking(files, count);
    if (ready != 0 || milliseconds == 0) return ready;
    // Shows a prompt without a newline.
    std::fflush(stdout);
    if (asyncio_host_can_block()) return asyncio_host_poll(files, count, milliseconds);
    // No input can arrive during this wait, so only time passes.
    if (milliseconds < 0) {
        std::fputs("poll() or select() without a timeout would block forever: no data can arrive while this "
                   "browser, or a callback, blocks the program. Set a timeout, or use co_await instead.\n",
                   stderr);
        return -EDEADLK;
    }
    constexpr double slice = 10;
    for (const double end = emscripten_get_now() + milliseconds;;) {
        const double left = end - emscripten_get_now();
        if (left <= 0) return ready;
        emscripten_thread_sleep(std::min(left, slice));
        ready = __syscall_poll_nonblocking(files, count);
        if (ready != 0) return ready;
    }
}
}
