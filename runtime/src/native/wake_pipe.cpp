#include "wake_pipe.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
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

void WakePipe::empty() noexcept {
    // NOLINTNEXTLINE(*-member-init,*-magic-numbers): the content is discarded
    std::array<char, 64> bytes;
    while (read(read_end(), bytes.data(), bytes.size()) > 0) {
    }
    // After the bytes are consumed, so that the next wake() writes one.
    woken_.exchange(false);
}

} // namespace asyncio::native
