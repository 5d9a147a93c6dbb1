#pragma once

#include <asyncio/coro.hpp>

#include <chrono>
#include <cstdint>
#include <string>

/// File operations by path, after aiofiles.os. All calls suspend like those on File, resume when their change
/// is stored, and raise FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError or another
/// OSError; ValueError for a path that contains a NUL.
namespace asyncio::files {

/// Python's os.stat_result, whose field names are macros in C.
struct Stat {
    std::uint64_t size = 0;
    /// Time of the last content change.
    std::chrono::system_clock::time_point mtime;
    /// File type and permissions, as in <sys/stat.h>.
    unsigned mode = 0;

    bool is_file() const noexcept;
    bool is_dir() const noexcept;
};

Coro<Stat> stat(std::string path);

/// Also false for a path that cannot be accessed.
Coro<bool> exists(std::string path);
Coro<bool> isfile(std::string path);
Coro<bool> isdir(std::string path);

Coro<std::uint64_t> getsize(std::string path);

/// Replaces an existing file of the new name.
Coro<> rename(std::string from, std::string to);
Coro<> replace(std::string from, std::string to);

/// Raises IsADirectoryError for a directory.
Coro<> remove(std::string path);
Coro<> unlink(std::string path);

} // namespace asyncio::files
