#include "places.hpp"

#include <asyncio/detail/frames.hpp>

namespace asyncio::detail {

void TracePlaces::tell_again() noexcept {
    for (auto& [where, place] : places_) place.is_new = true;
}

TracePlaces::Place& TracePlaces::find(const std::source_location& where) {
    const auto found = places_.find(where);
    if (found != places_.end()) return found->second;
    const auto number = static_cast<std::uint32_t>(places_.size());
    const Place place{.number = number, .is_librarys = is_librarys(where), .is_new = true};
    return places_.emplace(where, place).first->second;
}

// The compiler stores each name once, so the addresses identify places; a duplicate is only sent twice.
bool TracePlaces::Same::operator()(const std::source_location& one,
                                   const std::source_location& other) const noexcept {
    return one.line() == other.line() && one.column() == other.column() &&
           one.file_name() == other.file_name() && one.function_name() == other.function_name();
}

std::size_t TracePlaces::Hash::operator()(const std::source_location& where) const noexcept {
    constexpr std::size_t odd = 0x9e3779b1;
    constexpr unsigned column_bits = 8;
    const std::size_t names =
        std::hash<const void*>()(where.file_name()) ^ (std::hash<const void*>()(where.function_name()) * odd);
    return names ^ (((static_cast<std::size_t>(where.line()) << column_bits) ^ where.column()) * odd);
}

} // namespace asyncio::detail
