#pragma once

#include <asyncio/detail/members.hpp>

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace asyncio::detail {

template <class T> inline constexpr bool is_tuple = false;
template <class... Ts> inline constexpr bool is_tuple<std::tuple<Ts...>> = true;
template <class A, class B> inline constexpr bool is_tuple<std::pair<A, B>> = true;

/// A row of a database as a T. A struct takes for each member the column of its name; a tuple or pair takes the columns
/// in their order; any other T is the value of the only column. `throw_other_width(columns, wanted)` raises the
/// database's error.
template <class T, class Row> T row_as(const Row& row, void (*throw_other_width)(std::size_t, std::size_t)) {
    if constexpr (is_tuple<T>) {
        if (row.size() != std::tuple_size_v<T>) throw_other_width(row.size(), std::tuple_size_v<T>);
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            return T(row.template get<std::tuple_element_t<I, T>>(I)...);
        }(std::make_index_sequence<std::tuple_size_v<T>>());
    } else if constexpr (Aggregate<T>) {
        T object{};
        std::size_t index = 0;
        constexpr auto names = member_names<T>();
        std::apply(
            [&](auto&... members) {
                ((members = row.template get<std::remove_cvref_t<decltype(members)>>(names[index++])), ...);
            },
            members_of(object));
        return object;
    } else {
        if (row.size() != 1) throw_other_width(row.size(), 1);
        return row.template get<T>(0);
    }
}

} // namespace asyncio::detail
