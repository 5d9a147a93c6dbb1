#pragma once

#include <cerrno>
#include <string>

namespace asyncio::files::detail {

/// Raises the Python error class for a number of <cerrno>.
[[noreturn]] void raise_os_error(int number, const std::string& path, const std::string& second_path = {});

/// Raises ValueError for a path that contains a NUL, and the errors of require_reachable().
void require_path(const std::string& path);

/// The result of a system call that returns -1 and sets errno; retried after EINTR.
template <class F> auto checked(F call, const std::string& path, const std::string& second_path = {}) {
    for (;;) {
        const auto result = call();
        if (result != -1) return result;
        if (errno != EINTR) raise_os_error(errno, path, second_path);
    }
}

} // namespace asyncio::files::detail
