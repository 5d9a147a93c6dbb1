#include "os_error.hpp"

#include "file_system.hpp"

#include <asyncio/error.hpp>

#include <cerrno>

namespace asyncio::files::detail {

void raise_os_error(int number, const std::string& path, const std::string& second_path) {
    switch (number) {
    case ENOENT: throw FileNotFoundError(number, path, second_path);
    case EEXIST: throw FileExistsError(number, path, second_path);
    case EISDIR: throw IsADirectoryError(number, path, second_path);
    case ENOTDIR: throw NotADirectoryError(number, path, second_path);
    case EACCES:
    case EPERM: throw PermissionError(number, path, second_path);
    default: throw OSError(number, path, second_path);
    }
}

void require_path(const std::string& path) {
    if (path.contains('\0')) throw ValueError("embedded null byte: a path cannot contain one");
    // An empty path would be resolved to the base directory.
    if (path.empty()) raise_os_error(ENOENT, path);
    require_reachable(path);
}

} // namespace asyncio::files::detail
