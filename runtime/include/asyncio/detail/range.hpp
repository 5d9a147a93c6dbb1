#pragma once

#include <iterator>
#include <type_traits>
#include <utility>

namespace asyncio::detail {

/// A range for a range-based for loop. The concepts of std::ranges require more than is used here, and
/// checking them takes longer than compiling the rest of a small program.
template <class R>
concept Range = requires(R& range) {
    std::begin(range);
    std::end(range);
};

template <class R> using RangeValue = std::remove_cvref_t<decltype(*std::begin(std::declval<R&>()))>;

} // namespace asyncio::detail
