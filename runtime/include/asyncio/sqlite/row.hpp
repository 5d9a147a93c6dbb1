#pragma once

#include <asyncio/detail/members.hpp>
#include <asyncio/sqlite/value.hpp>

#include <cstddef>
#include <format>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace asyncio::sqlite {
namespace detail {

template <class T> inline constexpr bool is_tuple = false;
template <class... Ts> inline constexpr bool is_tuple<std::tuple<Ts...>> = true;
template <class A, class B> inline constexpr bool is_tuple<std::pair<A, B>> = true;

[[noreturn]] void throw_other_width(std::size_t columns, std::size_t wanted);

} // namespace detail

/// One row of a result: values by index and by the names of their columns.
class Row {
public:
    using Columns = std::vector<std::string>;

    Row(std::shared_ptr<const Columns> columns, std::vector<Value> values);
    Row(const Row& other);
    Row(Row&& other) noexcept;
    Row& operator=(const Row& other);
    Row& operator=(Row&& other) noexcept;
    ~Row();

    std::size_t size() const noexcept;
    const Columns& keys() const noexcept;
    const Value* begin() const noexcept;
    const Value* end() const noexcept;

    /// Raises InterfaceError if there is no such column. Names are compared without case, as in SQLite.
    const Value& operator[](std::size_t index) const;
    const Value& operator[](std::string_view name) const;

    template <class T> T get(std::size_t index) const { return (*this)[index].template get<T>(); }
    template <class T> T get(std::string_view name) const { return (*this)[name].template get<T>(); }

    /// The row as a T. A struct takes for each member the column of its name; a tuple or pair takes the columns in
    /// their order; any other T is the value of the only column. Raises InterfaceError if the columns do not fit.
    template <class T> T as() const {
        if constexpr (detail::is_tuple<T>) {
            if (size() != std::tuple_size_v<T>) detail::throw_other_width(size(), std::tuple_size_v<T>);
            return [this]<std::size_t... I>(std::index_sequence<I...>) {
                return T(this->template get<std::tuple_element_t<I, T>>(I)...);
            }(std::make_index_sequence<std::tuple_size_v<T>>());
        } else if constexpr (asyncio::detail::Aggregate<T>) {
            T object{};
            std::size_t index = 0;
            constexpr auto names = asyncio::detail::member_names<T>();
            std::apply(
                [&](auto&... members) {
                    ((members = this->template get<std::remove_cvref_t<decltype(members)>>(names[index++])),
                     ...);
                },
                asyncio::detail::members_of(object));
            return object;
        } else {
            if (size() != 1) detail::throw_other_width(size(), 1);
            return get<T>(0);
        }
    }

    /// As Python prints a tuple: "(1, 'Ann', None)".
    std::string repr() const;

    /// Rows are equal if their values are.
    friend bool operator==(const Row& left, const Row& right);

private:
    std::shared_ptr<const Columns> columns_;
    std::vector<Value> values_;
};

} // namespace asyncio::sqlite

template <> struct std::formatter<asyncio::sqlite::Row> : std::formatter<std::string_view> {
    auto format(const asyncio::sqlite::Row& row, std::format_context& context) const {
        return std::formatter<std::string_view>::format(row.repr(), context);
    }
};
