#pragma once

#include <asyncio/frame.hpp>

#include <source_location>
#include <vector>

namespace asyncio::detail {

class PromiseBase;

/// Whether the place is in the library itself, not in the program.
bool is_librarys(const std::source_location& where);

/// The program's own coroutines from `innermost` to the root of its task, innermost first; the
/// library's, such as Queue::get, are left out.
std::vector<Frame> frames_from(const PromiseBase* innermost);

/// Where the first of them is; where `innermost` is when all are the library's.
std::source_location own_place(const PromiseBase& innermost);

Frame frame_at(const std::source_location& where, std::string kind);

} // namespace asyncio::detail
