#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <source_location>
#include <unordered_map>

namespace asyncio::detail {

/// Assigns a number to each source location in a trace.
class TracePlaces {
public:
    struct Place {
        std::uint32_t number;
        bool is_librarys;
        /// The number's meaning has not been sent yet.
        bool is_new;
    };

    /// Marks all numbers as not sent.
    void tell_again() noexcept;
    Place& find(const std::source_location& where);

private:
    struct Same {
        bool operator()(const std::source_location& one, const std::source_location& other) const noexcept;
    };
    struct Hash {
        std::size_t operator()(const std::source_location& where) const noexcept;
    };

    std::unordered_map<std::source_location, Place, Hash, Same> places_;
};

} // namespace asyncio::detail
