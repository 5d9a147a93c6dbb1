#pragma once

#include <asyncio/detail/row_as.hpp>
#include <asyncio/sqlite/value.hpp>

#include <cstddef>
#include <format>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace asyncio::sqlite {
namespace detail {

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
    template <class T> T as() const { return asyncio::detail::row_as<T>(*this, detail::throw_other_width); }

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
