#pragma once

#include <asyncio/coro.hpp>

#include <chrono>
#include <cstdint>
#include <string>

/// Files by their names, after aiofiles.os. All calls suspend as those on File do, resume when what they
/// change is stored, and raise FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError
/// or another OSError; ValueError for a path with a NUL in it.
namespace asyncio::files {

/// Python's os.stat_result, whose names are macros in C.
struct Stat {
    std::uint64_t size = 0;
    /// When the content changed last.
    std::chrono::system_clock::time_point mtime;
    /// Kind and permissions, as <sys/stat.h> has them.
    unsigned mode = 0;

    bool is_file() const noexcept;
    bool is_dir() const noexcept;
};

Coro<Stat> stat(std::string path);

/// False also for a path that cannot be looked at.
Coro<bool> exists(std::string path);
Coro<bool> isfile(std::string path);
Coro<bool> isdir(std::string path);

Coro<std::uint64_t> getsize(std::string path);

/// A file that is there under the new name is replaced.
Coro<> rename(std::string from, std::string to);
Coro<> replace(std::string from, std::string to);

/// Raises IsADirectoryError for a directory.
Coro<> remove(std::string path);
Coro<> unlink(std::string path);

} // namespace asyncio::files
