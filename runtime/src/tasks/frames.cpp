#include <asyncio/coro.hpp>
#include <asyncio/detail/frames.hpp>
#include <asyncio/detail/place.hpp>

#include <string_view>

namespace asyncio::detail {
namespace {

/// The folder of the library's sources, derived from this file's name as passed to the compiler.
constexpr std::string_view own_sources() {
    const std::string_view file = std::source_location::current().file_name();
    const std::size_t folder = file.rfind("tasks");
    return folder == std::string_view::npos ? std::string_view() : file.substr(0, folder);
}

} // namespace

bool is_librarys(const std::source_location& where) {
    const std::string_view file = where.file_name();
    return file.contains("include/asyncio/") || (!own_sources().empty() && file.starts_with(own_sources()));
}

Frame frame_at(const std::source_location& where, std::string kind) {
    return {.function = function_of(where),
            .file = where.file_name(),
            .line = static_cast<unsigned>(where.line()),
            .kind = std::move(kind)};
}

std::vector<Frame> frames_from(const PromiseBase* innermost) {
    std::vector<Frame> frames;
    for (const PromiseBase* promise = innermost; promise != nullptr; promise = promise->awaiter())
        if (!is_librarys(promise->where()))
            frames.push_back(
                frame_at(promise->where(), promise->is_generator() ? "async generator" : "async"));
    return frames;
}

std::source_location own_place(const PromiseBase& innermost) {
    for (const PromiseBase* promise = &innermost; promise != nullptr; promise = promise->awaiter())
        if (!is_librarys(promise->where())) return promise->where();
    return innermost.where();
}

} // namespace asyncio::detail
