#pragma once

#include <iterator>
#include <type_traits>
#include <utility>

namespace asyncio::detail {

/// What a for loop goes over. The concepts of std::ranges ask for more than is used here, and checking them
/// takes the compiler longer than the rest of a small program.
template <class R>
concept Range = requires(R& range) {
    std::begin(range);
    std::end(range);
};

template <class R> using RangeValue = std::remove_cvref_t<decltype(*std::begin(std::declval<R&>()))>;

} // namespace asyncio::detail
