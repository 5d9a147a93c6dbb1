#include "file_system.hpp"
#include "listing.hpp"
#include "os_error.hpp"

#include <asyncio/files/directory.hpp>

#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace asyncio::files {
namespace {

constexpr mode_t permissions = 0777;

void make(const std::string& path) {
    detail::require_path(path);
    detail::checked([&] { return ::mkdir(path.c_str(), permissions); }, path);
}

void make_unless_there(const std::string& path) {
    detail::require_path(path);
    // If it is a file, creating something in it will raise the error.
    if (::mkdir(path.c_str(), permissions) == -1 && errno != EEXIST) detail::raise_os_error(errno, path);
}

void make_all(const std::string& path, bool exist_ok) {
    detail::require_path(path);
    const std::size_t last = path.find_last_not_of('/');
    for (std::size_t slash = path.find('/', 1); slash < last; slash = path.find('/', slash + 1)) {
        const std::string above = path.substr(0, slash);
        if (!detail::is_directory(above)) make_unless_there(above);
    }
    if (!exist_ok || !detail::is_directory(path)) make(path);
}

void remove_empty(const std::string& path) {
    detail::require_path(path);
    detail::checked([&] { return ::rmdir(path.c_str()); }, path);
}

void remove_all(const std::string& path) {
    detail::require_path(path);
    for (const std::string& name : detail::names_in(path)) {
        const std::string inside = detail::joined(path, name);
        struct ::stat found = {};
        detail::checked([&] { return ::lstat(inside.c_str(), &found); }, inside);
        // A symbolic link is removed without its target.
        if (S_ISDIR(found.st_mode))
            remove_all(inside);
        else
            detail::checked([&] { return ::unlink(inside.c_str()); }, inside);
    }
    remove_empty(path);
}

std::string working_directory() {
    constexpr std::size_t most = 4096;
    std::string path(most, '\0');
    if (::getcwd(path.data(), path.size()) == nullptr) detail::raise_os_error(errno, ".");
    path.resize(path.find('\0'));
    return path;
}

} // namespace

Coro<std::vector<std::string>> listdir(std::string path) {
    co_return co_await detail::off_loop([path = std::move(path)] {
        detail::require_path(path);
        return detail::names_in(path);
    });
}

Coro<std::vector<std::string>> glob(std::string pattern, GlobOptions options) {
    co_return co_await detail::off_loop([pattern = std::move(pattern), options = std::move(options)] {
        if (pattern.empty()) return std::vector<std::string>();
        detail::require_path(pattern);
        if (!options.root_dir.empty()) detail::require_path(options.root_dir);
        return detail::matching(options.root_dir, pattern, options.recursive);
    });
}

Coro<> mkdir(std::string path) {
    co_await detail::off_loop([path] { make(path); });
    co_await detail::stored(std::move(path));
}

Coro<> makedirs(std::string path, MakedirsOptions options) {
    co_await detail::off_loop([path, options] { make_all(path, options.exist_ok); });
    co_await detail::stored(std::move(path));
}

Coro<> rmdir(std::string path) {
    co_await detail::off_loop([path] { remove_empty(path); });
    co_await detail::stored(std::move(path));
}

Coro<> rmtree(std::string path) {
    co_await detail::off_loop([path] { remove_all(path); });
    co_await detail::stored(std::move(path));
}

Coro<std::string> getcwd() { co_return co_await detail::off_loop(working_directory); }

} // namespace asyncio::files
