// Reading from a socket or a pipe, and accept(), wait until there is data: Emscripten's return EAGAIN instead, for
// blocking and non-blocking descriptors alike. The sockets themselves are in sockets.js.

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <emscripten/em_asm.h>
#include <emscripten/threading.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>

#ifdef __EMSCRIPTEN_PTHREADS__
extern "C" int asyncio_host_running_threads();
#endif

namespace {

bool is_alone() {
#ifdef __EMSCRIPTEN_PTHREADS__
    return emscripten_is_main_runtime_thread() && asyncio_host_running_threads() == 0;
#else
    return true;
#endif
}

bool waits(int descriptor) {
    struct ::stat found = {};
    if (::fstat(descriptor, &found) != 0 || !(S_ISFIFO(found.st_mode) || S_ISSOCK(found.st_mode)))
        return false;
    return (::fcntl(descriptor, F_GETFL) & O_NONBLOCK) == 0;
}

void tell_of_waiting_for_ever(const char* call) {
    static std::atomic<bool> told = false;
    if (told.exchange(true)) return;
    std::fprintf(
        stderr,
        "%s would block forever: pipes and sockets stay inside the program, and it has no other running "
        "thread that could write or connect. Use poll() first, O_NONBLOCK, or asyncio's streams.\n",
        call);
}

/// Retries a call that returned EAGAIN, once the descriptor is ready.
template <class Call> auto once_ready(const char* name, int descriptor, Call call) {
    for (;;) {
        const auto result = call();
        if (result >= 0 || errno != EAGAIN || !waits(descriptor)) return result;
        if (is_alone()) tell_of_waiting_for_ever(name);
        pollfd awaited = {.fd = descriptor, .events = POLLIN, .revents = 0};
        if (::poll(&awaited, 1, -1) < 0) return result;
    }
}

/// Options that have no effect here, where no byte is lost, delayed or resent.
bool is_without_effect(int level, int option) {
    if (level == IPPROTO_TCP) return option == TCP_NODELAY || option == TCP_QUICKACK || option == TCP_CORK;
    constexpr std::array known = {SO_REUSEADDR, SO_REUSEPORT, SO_KEEPALIVE, SO_BROADCAST,
                                  SO_SNDBUF,    SO_RCVBUF,    SO_LINGER};
    if (level != SOL_SOCKET) return false;
    for (const int one : known)
        if (one == option) return true;
    return false;
}

} // namespace

// The linker's --wrap redirects every call here.
extern "C" {

ssize_t __real_read(int descriptor, void* data, size_t size);
ssize_t __real_readv(int descriptor, const iovec* pieces, int count);
ssize_t __real_recvfrom(int descriptor, void* data, size_t size, int flags, sockaddr* from,
                        socklen_t* length);
ssize_t __real_recvmsg(int descriptor, msghdr* message, int flags);
int __real_accept(int descriptor, sockaddr* from, socklen_t* length);
int __real_setsockopt(int descriptor, int level, int option, const void* value, socklen_t size);

ssize_t __wrap_read(int descriptor, void* data, size_t size) {
    return once_ready("read()", descriptor, [&] { return __real_read(descriptor, data, size); });
}

ssize_t __wrap_readv(int descriptor, const iovec* pieces, int count) {
    return once_ready("readv()", descriptor, [&] { return __real_readv(descriptor, pieces, count); });
}

ssize_t __wrap_recvfrom(int descriptor, void* data, size_t size, int flags, sockaddr* from,
                        socklen_t* length) {
    const auto receive = [&] { return __real_recvfrom(descriptor, data, size, flags, from, length); };
    return (flags & MSG_DONTWAIT) != 0 ? receive() : once_ready("recv()", descriptor, receive);
}

ssize_t __wrap_recvmsg(int descriptor, msghdr* message, int flags) {
    const auto receive = [&] { return __real_recvmsg(descriptor, message, flags); };
    return (flags & MSG_DONTWAIT) != 0 ? receive() : once_ready("recvmsg()", descriptor, receive);
}

int __wrap_accept(int descriptor, sockaddr* from, socklen_t* length) {
    return once_ready("accept()", descriptor, [&] { return __real_accept(descriptor, from, length); });
}

int __wrap_accept4(int descriptor, sockaddr* from, socklen_t* length, int flags) {
    const int accepted = __wrap_accept(descriptor, from, length);
    // NOLINTNEXTLINE(*-vararg): as it is declared
    if (accepted >= 0 && (flags & SOCK_NONBLOCK) != 0) ::fcntl(accepted, F_SETFL, O_NONBLOCK);
    return accepted;
}

int __wrap_setsockopt(int descriptor, int level, int option, const void* value, socklen_t size) {
    struct ::stat found = {};
    const bool is_socket = ::fstat(descriptor, &found) == 0 && S_ISSOCK(found.st_mode);
    if (is_socket && is_without_effect(level, option)) return 0;
    return __real_setsockopt(descriptor, level, option, value, size);
}

int __wrap_shutdown(int descriptor, int how) {
    const int error =
        how < SHUT_RD || how > SHUT_RDWR
            ? EINVAL
            : MAIN_THREAD_EM_ASM_INT({ return Module['asyncioShutdown']($0, $1); }, descriptor, how);
    if (error == 0) return 0;
    errno = error;
    return -1;
}
}
