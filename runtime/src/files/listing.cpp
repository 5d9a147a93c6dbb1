#include "listing.hpp"

#include "os_error.hpp"

#include <asyncio/error.hpp>

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <fnmatch.h>
#include <iterator>
#include <memory>
#include <span>
#include <sys/stat.h>
#include <utility>

namespace asyncio::files::detail {
namespace {

struct CloseDirectory {
    void operator()(DIR* directory) const noexcept { ::closedir(directory); }
};

bool exists(const std::string& path) {
    struct ::stat found = {};
    return ::stat(path.c_str(), &found) == 0;
}

std::vector<std::string> parts_of(const std::string& pattern) {
    std::vector<std::string> parts;
    for (std::size_t at = 0; at < pattern.size();) {
        const std::size_t end = std::min(pattern.find('/', at), pattern.size());
        if (end > at) parts.push_back(pattern.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

/// Matches a pattern component by component.
class Matching {
public:
    Matching(std::string root, bool recursive, bool directories_only)
        : root_(std::move(root)), recursive_(recursive), directories_only_(directories_only) {}

    void descend(const std::string& path, std::span<const std::string> parts) {
        if (parts.empty()) {
            if (!path.empty() && path != "/") add(path);
            return;
        }
        const std::string& part = parts.front();
        const std::span<const std::string> rest = parts.subspan(1);
        if (recursive_ && part == "**") {
            if (!rest.empty())
                descend_everywhere(path, rest);
            else
                add_all(path, path.empty() || path == "/" ? path : path + "/");
        } else if (part.find_first_of("*?[") == std::string::npos) {
            const std::string inside = joined(path, part);
            if (exists(seen_from_root(inside))) descend(inside, rest);
        } else {
            for (const std::string& name : names(path)) {
                if (::fnmatch(part.c_str(), name.c_str(), FNM_NOESCAPE | FNM_PERIOD) == 0)
                    descend(joined(path, name), rest);
            }
        }
    }

    std::vector<std::string> take() {
        std::ranges::sort(found_);
        const auto repeated = std::ranges::unique(found_);
        found_.erase(repeated.begin(), repeated.end());
        return std::move(found_);
    }

private:
    void add(const std::string& path) {
        if (!directories_only_)
            found_.push_back(path);
        else if (is_directory(seen_from_root(path)))
            found_.push_back(path.ends_with('/') ? path : path + "/");
    }

    /// For "**" before other components: here, and in all directories below.
    void descend_everywhere(const std::string& path, std::span<const std::string> rest) {
        descend(path, rest);
        for (const std::string& inside : directories_in(path)) descend_everywhere(inside, rest);
    }

    /// For "**" at the end: the directory, as `named`, and everything below it.
    void add_all(const std::string& path, const std::string& named) {
        if (!named.empty() && named != "/" && is_directory(seen_from_root(path))) add(named);
        for (const std::string& name : names(path)) {
            if (name.starts_with('.')) continue;
            const std::string inside = joined(path, name);
            if (is_directory(seen_from_root(inside)))
                add_all(inside, inside);
            else
                add(inside);
        }
    }

    std::vector<std::string> directories_in(const std::string& path) const {
        std::vector<std::string> directories;
        for (const std::string& name : names(path)) {
            const std::string inside = joined(path, name);
            if (!name.starts_with('.') && is_directory(seen_from_root(inside))) directories.push_back(inside);
        }
        return directories;
    }

    std::string seen_from_root(const std::string& path) const {
        if (path.starts_with('/')) return path;
        const std::string seen = joined(root_, path);
        return seen.empty() ? "." : seen;
    }
    /// Empty for a path that is not a directory or cannot be read: a pattern matches only what can be
    /// accessed.
    std::vector<std::string> names(const std::string& path) const {
        try {
            return names_in(seen_from_root(path));
        } catch (const OSError&) {
            return {};
        }
    }

    std::string root_;
    bool recursive_;
    bool directories_only_;
    std::vector<std::string> found_;
};

} // namespace

std::vector<std::string> names_in(const std::string& directory) {
    const std::unique_ptr<DIR, CloseDirectory> open(::opendir(directory.c_str()));
    if (!open) raise_os_error(errno, directory);
    std::vector<std::string> names;
    for (;;) {
        errno = 0;
        const dirent* entry = ::readdir(open.get());
        if (entry == nullptr) break;
        std::string name(std::data(entry->d_name));
        if (name != "." && name != "..") names.push_back(std::move(name));
    }
    if (errno != 0) raise_os_error(errno, directory);
    std::ranges::sort(names);
    return names;
}

bool is_directory(const std::string& path) {
    struct ::stat found = {};
    return ::stat(path.c_str(), &found) == 0 && S_ISDIR(found.st_mode);
}

std::string joined(const std::string& directory, const std::string& name) {
    if (directory.empty() || name.starts_with('/')) return name;
    if (name.empty()) return directory;
    return directory.ends_with('/') ? directory + name : directory + "/" + name;
}

std::vector<std::string> matching(const std::string& root, const std::string& pattern, bool recursive) {
    Matching search(root, recursive, pattern.ends_with('/'));
    search.descend(pattern.starts_with('/') ? "/" : "", parts_of(pattern));
    return search.take();
}

} // namespace asyncio::files::detail
