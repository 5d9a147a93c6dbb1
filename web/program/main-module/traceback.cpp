// Python keeps a traceback in each exception. A C++ exception has no place for one, so the ways of the last few are here.

#include "traceback.hpp"

#include "thrown_object.hpp"

#include <array>
#include <asyncio/call_graph.hpp>
#include <asyncio/detail/exception_leaves.hpp>
#include <asyncio/detail/frames.hpp>
#include <asyncio/frame.hpp>
#include <cstddef>
#include <emscripten.h>
#include <format>
#include <ranges>
#include <source_location>

namespace asyncio::program {
namespace {

/// Exceptions that several tasks raise meanwhile.
constexpr std::size_t most_exceptions = 8;
/// Of a deep recursion the outermost calls are kept as well as the innermost.
constexpr std::size_t most_places = 12;

struct Way {
    const void* thrown = nullptr;
    std::size_t count = 0;
    std::array<std::source_location, most_places> innermost;
    std::array<std::source_location, most_places> outermost;

    void add(const std::source_location& place) noexcept {
        if (count < most_places)
            innermost.at(count) = place;
        else
            outermost.at(count % most_places) = place;
        ++count;
    }
};

struct Ways {
    std::array<Way, most_exceptions> ways;
    std::size_t next = 0;
};

Ways& ways() noexcept {
    thread_local Ways here;
    return here;
}

Way* way_of(const void* thrown) noexcept {
    for (Way& way : ways().ways)
        if (way.thrown == thrown) return &way;
    return nullptr;
}

void note(const std::exception_ptr& error, const std::source_location& place) noexcept {
    const void* const thrown = thrown_object(error);
    Way* way = way_of(thrown);
    if (way == nullptr) {
        Ways& all = ways();
        way = &all.ways.at(all.next++ % most_exceptions);
        *way = {.thrown = thrown};
    }
    way->add(place);
}

std::string line_of(const std::source_location& place) {
    const Frame frame = detail::frame_at(place, "");
    return std::format("\n  {}:{}, in {}", frame.file, frame.line, frame.function);
}

[[maybe_unused]] const auto installed = detail::exception_leaves = note;

} // namespace

std::string traceback_of(const std::exception_ptr& error) {
    const Way* const way = way_of(thrown_object(error));
    if (way == nullptr || error == nullptr) return {};
    std::string lines;
    const std::size_t left_out = way->count > 2 * most_places ? way->count - 2 * most_places : 0;
    for (std::size_t at = way->count; at-- > 0;) {
        if (at >= most_places && at < most_places + left_out) continue;
        const std::source_location& place =
            at < most_places ? way->innermost.at(at) : way->outermost.at(at % most_places);
        if (!detail::is_librarys(place)) lines += line_of(place);
        if (left_out > 0 && at == most_places + left_out) lines += std::format("\n  ({} more)", left_out);
    }
    if (lines.empty()) return lines;
    // Of the innermost the place of its last co_await is known, not that of its throw.
    return "\nTraceback (innermost last):" + lines + ", thrown after this line";
}

void forget_traceback(const void* thrown) noexcept {
    if (Way* const way = way_of(thrown)) *way = {};
}

} // namespace asyncio::program

/// For the worker, once the program has crashed: the coroutines of the task that ran, a line each, outermost first;
/// empty outside of a task.
extern "C" EMSCRIPTEN_KEEPALIVE const char* asyncio_program_running_coroutines() noexcept {
    static std::string lines;
    lines.clear();
    try {
        // Without this function itself, which counts as the caller.
        const auto graph = asyncio::capture_call_graph({.depth = 2});
        if (!graph) return "";
        for (const auto& [frame] : std::views::reverse(graph->call_stack))
            lines += std::format("\n  {}:{}, in {}", frame.file, frame.line, frame.function);
    } catch (...) {
        // No loop runs.
        return "";
    }
    return lines.c_str();
}
