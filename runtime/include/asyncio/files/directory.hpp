#pragma once

#include <asyncio/coro.hpp>

#include <string>
#include <vector>

/// Directories, after aiofiles.os and glob. All calls suspend as those on File do, resume when what they
/// change is stored, and raise FileNotFoundError, FileExistsError, NotADirectoryError, PermissionError or
/// another OSError; ValueError for a path with a NUL in it.
namespace asyncio::files {

/// The names in a directory, without "." and "..", in alphabetical order.
Coro<std::vector<std::string>> listdir(std::string path = ".");

struct GlobOptions {
    /// Where relative patterns start from; the results do not name it.
    std::string root_dir = {};
    /// "**" stands for any number of directories, also none; else it means the same as "*".
    bool recursive = false;
};

/// The paths that a pattern describes, in alphabetical order: "*" any characters, "?" one, "[a-z]" one of
/// those, "[!a-z]" one of the others; a dot at the start of a name must be written out.
Coro<std::vector<std::string>> glob(std::string pattern, GlobOptions options = {});

/// Raises FileExistsError when something of that name is there.
Coro<> mkdir(std::string path);

struct MakedirsOptions {
    /// A directory that is there already is no error.
    bool exist_ok = false;
};

/// With all directories above it.
Coro<> makedirs(std::string path, MakedirsOptions options = {});

/// An empty one; else raises OSError with ENOTEMPTY.
Coro<> rmdir(std::string path);

/// A directory with all that is in it, as shutil.rmtree does.
Coro<> rmtree(std::string path);

/// Where relative paths start from.
Coro<std::string> getcwd();

} // namespace asyncio::files
