// abort() raises SIGABRT, so the program's signal handler runs before the program ends. Emscripten's abort() only ends
// it.

#include <atomic>
#include <csignal>
#include <cstdio>

extern "C" [[noreturn]] void __real_abort();

namespace {

void call_handler() {
    struct sigaction action = {};
    sigaction(SIGABRT, nullptr, &action);
    if ((action.sa_flags & SA_SIGINFO) != 0) {
        siginfo_t info = {};
        info.si_signo = SIGABRT;
        action.sa_sigaction(SIGABRT, &info, nullptr);
    } else if (action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN) {
        action.sa_handler(SIGABRT);
    }
}

} // namespace

// The linker's --wrap redirects every call here.
extern "C" [[noreturn]] void __wrap_abort() {
    // If the handler itself aborts, it is not called again.
    thread_local bool handling = false;
    if (!handling) {
        handling = true;
        call_handler();
    }
    __real_abort();
}
