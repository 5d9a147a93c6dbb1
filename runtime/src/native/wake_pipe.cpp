#include "wake_pipe.hpp"

#include <array>
#include <cerrno>
#include <cmath>
#include <fcntl.h>
#include <poll.h>
#include <system_error>
#include <unistd.h>

namespace asyncio::native {

WakePipe::WakePipe() {
    if (pipe(ends_.data()) != 0)
        throw std::system_error(errno, std::generic_category(), "an event loop needs two file descriptors");
    for (const int end : ends_) {
        fcntl(end, F_SETFL, O_NONBLOCK); // NOLINT(*-vararg): fcntl() is declared with one
        fcntl(end, F_SETFD, FD_CLOEXEC); // NOLINT(*-vararg)
    }
}

WakePipe::~WakePipe() {
    for (const int end : ends_) close(end);
}

void WakePipe::wake() noexcept {
    if (woken_.exchange(true)) return;
    const char byte = 0;
    // A full pipe is sufficient.
    [[maybe_unused]] const ssize_t written = write(write_end(), &byte, 1);
}

bool WakePipe::wait(double seconds, int input) {
    // poll() ignores negative descriptors.
    std::array<pollfd, 2> readable = {
        {{.fd = ends_[0], .events = POLLIN, .revents = 0}, {.fd = input, .events = POLLIN, .revents = 0}}};
#ifdef __linux__
    const double whole = std::floor(seconds);
    const timespec timeout = {.tv_sec = static_cast<time_t>(whole),
                              .tv_nsec = static_cast<long>((seconds - whole) * 1e9)};
    ppoll(readable.data(), readable.size(), &timeout, nullptr);
#else
    ::poll(readable.data(), readable.size(), static_cast<int>(std::ceil(seconds * 1e3)));
#endif
    // NOLINTNEXTLINE(*-member-init,*-magic-numbers): the content is discarded
    std::array<char, 64> bytes;
    while (read(ends_[0], bytes.data(), bytes.size()) > 0) {
    }
    // After the bytes are consumed, so that the next wake() writes one.
    woken_.exchange(false);
    return readable[1].revents != 0;
}

} // namespace asyncio::native
