#pragma once

#include <string>
#include <vector>

namespace asyncio::files::detail {

/// The names in a directory, in alphabetical order. Blocks.
std::vector<std::string> names_in(const std::string& directory);

bool is_directory(const std::string& path);

/// `directory/name`, or only the name if the directory is empty.
std::string joined(const std::string& directory, const std::string& name);

/// The paths that match a pattern. Blocks.
std::vector<std::string> matching(const std::string& root, const std::string& pattern, bool recursive);

} // namespace asyncio::files::detail
