#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/row_as.hpp>
#include <asyncio/postgres/value.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <format>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace asyncio::postgres {
namespace detail {

struct Columns {
    std::vector<std::string> names;
    /// OIDs.
    std::vector<std::uint32_t> types;
};

[[noreturn]] void throw_other_width(std::size_t columns, std::size_t wanted);
[[noreturn]] void throw_no_row();

} // namespace detail

/// One row of a result: values by index and by the names of their columns.
class Record {
public:
    /// For the library.
    Record(std::shared_ptr<const detail::Columns> columns, std::vector<Value> values);
    Record(const Record& other);
    Record(Record&& other) noexcept;
    Record& operator=(const Record& other);
    Record& operator=(Record&& other) noexcept;
    ~Record();

    std::size_t size() const noexcept { return values_.size(); }
    const std::vector<std::string>& keys() const noexcept { return columns_->names; }
    const std::vector<Value>& values() const noexcept { return values_; }
    const Value* begin() const noexcept { return values_.data(); }
    const Value* end() const noexcept { return values_.data() + values_.size(); }
    bool contains(std::string_view name) const noexcept;

    /// Raises InterfaceError if there is no such column. Of several of one name it is the last, as in asyncpg.
    const Value& operator[](std::size_t index) const;
    const Value& operator[](std::string_view name) const;

    template <class T> T get(std::size_t index) const { return (*this)[index].template get<T>(); }
    template <class T> T get(std::string_view name) const { return (*this)[name].template get<T>(); }

    /// The row as a T. A struct takes for each member the column of its name; a tuple or pair takes the columns in
    /// their order; any other T is the value of the only column. Raises InterfaceError if the columns do not fit.
    template <class T> T as() const {
        if constexpr (std::same_as<T, Record>)
            return *this;
        else
            return asyncio::detail::row_as<T>(*this, detail::throw_other_width);
    }

    /// As asyncpg prints it: "<Record id=1 name='Ann'>".
    std::string repr() const;

    /// Records are equal if their values are.
    friend bool operator==(const Record& left, const Record& right);

private:
    std::shared_ptr<const detail::Columns> columns_;
    std::vector<Value> values_;
};

namespace detail {

template <class T> std::vector<T> records_as(std::vector<Record> records) {
    if constexpr (std::same_as<T, Record>) {
        return records;
    } else {
        std::vector<T> made;
        made.reserve(records.size());
        for (const Record& record : records) made.push_back(record.as<T>());
        return made;
    }
}

template <class T> std::optional<T> first_as(const std::vector<Record>& records) {
    if (records.empty()) return std::nullopt;
    return records.front().as<T>();
}

/// The first column of the first row; without a row null, or an error if T holds no null.
template <class T> T value_as(const std::vector<Record>& records) {
    if (!records.empty()) return records.front().get<T>(0);
    if constexpr (std::same_as<T, Value> || is_optional<T>)
        return T();
    else
        throw_no_row();
}

using RunningQuery = Coro<std::vector<Record>>;

template <class T> Coro<std::vector<T>> all_of(RunningQuery query) {
    co_return records_as<T>(co_await std::move(query));
}
template <class T> Coro<std::optional<T>> first_of(RunningQuery query) {
    co_return first_as<T>(co_await std::move(query));
}
template <class T> Coro<T> value_of(RunningQuery query) { co_return value_as<T>(co_await std::move(query)); }

} // namespace detail
} // namespace asyncio::postgres

template <> struct std::formatter<asyncio::postgres::Record> : std::formatter<std::string_view> {
    auto format(const asyncio::postgres::Record& record, std::format_context& context) const {
        return std::formatter<std::string_view>::format(record.repr(), context);
    }
};
