#pragma once

#include <string>
#include <vector>

namespace asyncio::files::detail {

/// The names in a directory, in alphabetical order. Blocks.
std::vector<std::string> names_in(const std::string& directory);

bool is_directory(const std::string& path);

/// `directory/name`, or the name alone where there is no directory.
std::string joined(const std::string& directory, const std::string& name);

/// The paths that a pattern describes. Blocks.
std::vector<std::string> matching(const std::string& root, const std::string& pattern, bool recursive);

} // namespace asyncio::files::detail
