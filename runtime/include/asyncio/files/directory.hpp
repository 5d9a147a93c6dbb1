#pragma once

#include <asyncio/coro.hpp>

#include <string>
#include <vector>

/// Directories, after aiofiles.os and glob. All calls suspend like those on File, resume when their change is
/// stored, and raise FileNotFoundError, FileExistsError, NotADirectoryError, PermissionError or another
/// OSError; ValueError for a path that contains a NUL.
namespace asyncio::files {

/// The names in a directory, without "." and "..", in alphabetical order.
Coro<std::vector<std::string>> listdir(std::string path = ".");

struct GlobOptions {
    /// The directory to which relative patterns refer; it is not part of the results.
    std::string root_dir = {};
    /// "**" matches any number of directories, including none; otherwise it is the same as "*".
    bool recursive = false;
};

/// The paths that match a pattern, in alphabetical order: "*" matches any characters, "?" one, "[a-z]" one of
/// those, "[!a-z]" one of the others; a leading dot of a name must be written explicitly.
Coro<std::vector<std::string>> glob(std::string pattern, GlobOptions options = {});

/// Raises FileExistsError if the name already exists.
Coro<> mkdir(std::string path);

struct MakedirsOptions {
    /// An existing directory is not an error.
    bool exist_ok = false;
};

/// Creates missing parent directories too.
Coro<> makedirs(std::string path, MakedirsOptions options = {});

/// Removes an empty directory; otherwise raises OSError with ENOTEMPTY.
Coro<> rmdir(std::string path);

/// Removes a directory and its contents, like shutil.rmtree.
Coro<> rmtree(std::string path);

/// The directory to which relative paths refer.
Coro<std::string> getcwd();

} // namespace asyncio::files
