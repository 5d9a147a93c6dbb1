// The error message when std::thread could not start a thread. libc++'s is "thread constructor failed" and the text of
// the error number.

#include <string_view>
#include <system_error>

namespace {

#ifdef __EMSCRIPTEN_PTHREADS__
constexpr const char* explanation =
    "no more threads can be started: a page can have 200 at a time. Use fewer, or a ThreadPoolExecutor";
#else
constexpr const char* explanation =
    "this page has no threads, so std::thread cannot start one. Enable them (\"Real threads\" in the "
    "playground, the attribute threads of an element), or pass the work to asyncio::to_thread(), which "
    "runs everywhere";
#endif

} // namespace

// The linker's --wrap redirects std::__throw_system_error(int, const char*) here.
extern "C" {

[[noreturn]] void __real__ZNSt3__220__throw_system_errorEiPKc(int number, const char* what);

[[noreturn]] void __wrap__ZNSt3__220__throw_system_errorEiPKc(int number, const char* what) {
    if (what == std::string_view("thread constructor failed")) what = explanation;
    __real__ZNSt3__220__throw_system_errorEiPKc(number, what);
}
}
