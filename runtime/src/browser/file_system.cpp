#include "../files/file_system.hpp"

#include "promise.hpp"

#include <asyncio/error.hpp>
#include <asyncio/sleep.hpp>

#include <cerrno>
#include <emscripten/val.h>
#include <filesystem>
#include <format>
#include <unistd.h>
#include <utility>

using emscripten::val;

namespace asyncio::files::detail {
namespace {

/// In Node there is no page to store files: they are in memory and are lost when the program ends.
bool in_a_page() { return !val::module_property("asyncioIo").isUndefined(); }

/// The persistent directory.
const std::string& root() {
    static const std::string path = browser::host_io("files")["root"].as<std::string>();
    return path;
}

bool is_inside(const std::string& path, const std::string& directory) {
    return path == directory || path.starts_with(directory + "/");
}

} // namespace

// The file system is in memory: the only suspension is one turn, so that other tasks can run.
Coro<> perform(std::function<void()> call) {
    co_await sleep(0);
    call();
}

void require_reachable(const std::string& path) {
    if (!in_a_page()) return;
    const std::filesystem::path given = path;
    const std::string absolute =
        (given.is_absolute() ? given : std::filesystem::current_path() / given).lexically_normal().string();
    const std::string plain = absolute.ends_with('/') ? absolute.substr(0, absolute.size() - 1) : absolute;
    if (!is_inside(plain, root()) && !is_inside(plain, "/tmp")) throw PermissionError(EACCES, path);
}

void hand_over(int descriptor) { ::fsync(descriptor); }

Coro<> stored(std::string path) {
    if (!in_a_page()) co_return;
    try {
        co_await browser::settled(browser::host_io("files").call<val>("stored"));
    } catch (const browser::HostError& error) {
        if (error.name() == "StorageFull") throw OSError(ENOSPC, path);
        throw OSError(std::format("'{}' could not be stored: {}", path, error.what()));
    }
}

} // namespace asyncio::files::detail
