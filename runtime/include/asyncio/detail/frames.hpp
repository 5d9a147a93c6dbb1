#pragma once

#include <asyncio/frame.hpp>

#include <source_location>
#include <vector>

namespace asyncio::detail {

class PromiseBase;

/// Whether the location is in the library rather than in the program.
bool is_librarys(const std::source_location& where);

/// The coroutines from `innermost` to the root of its task, innermost first, without the library's, such as
/// Queue::get.
std::vector<Frame> frames_from(const PromiseBase* innermost);

/// The location of the first of these; of `innermost` if all belong to the library.
std::source_location own_place(const PromiseBase& innermost);

Frame frame_at(const std::source_location& where, std::string kind);

} // namespace asyncio::detail
