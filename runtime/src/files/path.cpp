#include "file_system.hpp"
#include "os_error.hpp"

#include <asyncio/error.hpp>
#include <asyncio/files/path.hpp>

#include <cstdio>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace asyncio::files {
namespace {

Stat look_at(const std::string& path) {
    detail::require_path(path);
    struct ::stat found = {};
    detail::checked([&] { return ::stat(path.c_str(), &found); }, path);
#ifdef __APPLE__
    const timespec& changed = found.st_mtimespec;
#else
    const timespec& changed = found.st_mtim;
#endif
    using std::chrono::system_clock;
    const auto since_epoch = std::chrono::seconds(changed.tv_sec) + std::chrono::nanoseconds(changed.tv_nsec);
    return {
        .size = static_cast<std::uint64_t>(found.st_size),
        .mtime = system_clock::time_point(std::chrono::duration_cast<system_clock::duration>(since_epoch)),
        .mode = static_cast<unsigned>(found.st_mode),
    };
}

template <class F> Coro<bool> holds(std::string path, F test) {
    co_return co_await detail::off_loop([path = std::move(path), test] {
        try {
            return test(look_at(path));
        } catch (const Error&) {
            return false;
        }
    });
}

void unlink_file(const std::string& path) {
    detail::require_path(path);
    detail::checked([&] { return ::unlink(path.c_str()); }, path);
}

void rename_file(const std::string& from, const std::string& to) {
    detail::require_path(from);
    detail::require_path(to);
    detail::checked([&] { return std::rename(from.c_str(), to.c_str()); }, from, to);
}

} // namespace

bool Stat::is_file() const noexcept { return S_ISREG(mode); }
bool Stat::is_dir() const noexcept { return S_ISDIR(mode); }

Coro<Stat> stat(std::string path) {
    co_return co_await detail::off_loop([path = std::move(path)] { return look_at(path); });
}

Coro<bool> exists(std::string path) {
    return holds(std::move(path), [](const Stat&) { return true; });
}
Coro<bool> isfile(std::string path) {
    return holds(std::move(path), [](const Stat& found) { return found.is_file(); });
}
Coro<bool> isdir(std::string path) {
    return holds(std::move(path), [](const Stat& found) { return found.is_dir(); });
}

Coro<std::uint64_t> getsize(std::string path) { co_return (co_await stat(std::move(path))).size; }

Coro<> rename(std::string from, std::string to) {
    co_await detail::off_loop([from, to] { rename_file(from, to); });
    co_await detail::stored(std::move(to));
}
Coro<> replace(std::string from, std::string to) { return rename(std::move(from), std::move(to)); }

Coro<> remove(std::string path) {
    co_await detail::off_loop([path] { unlink_file(path); });
    co_await detail::stored(std::move(path));
}
Coro<> unlink(std::string path) { return remove(std::move(path)); }

} // namespace asyncio::files
