#pragma once

#include <asyncio/detail/callback.hpp>

#include <cstddef>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace asyncio::detail {

/// Seeded randomness for what asyncio leaves unordered.
class Order {
public:
    explicit Order(std::uint32_t seed) : random_(seed) {}

    /// A random number less than `limit`, which is at least 1.
    std::size_t below(std::size_t limit) { return random_() % limit; }

    template <class T> void shuffle(std::vector<T>& things) {
        for (std::size_t count = things.size(); count > 1; --count)
            if (const std::size_t last = below(count); last != count - 1)
                std::swap(things[last], things[count - 1]);
    }

    /// Shuffles the steps of tasks within one turn of the loop; callbacks keep their positions. Steps of
    /// tasks that were woken by the same lock or queue keep their relative order.
    void shuffle(CallbackList& batch);

private:
    std::mt19937 random_; // same sequence on every platform
};

} // namespace asyncio::detail
