#include <asyncio/sqlite/error.hpp>
#include <asyncio/sqlite/row.hpp>

#include <algorithm>
#include <cctype>
#include <string>
#include <utility>

namespace asyncio::sqlite {
namespace {

bool same_name(std::string_view left, std::string_view right) {
    const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
    return std::ranges::equal(left, right, {}, lower, lower);
}

std::string names_of(const Row::Columns& columns) {
    std::string text;
    for (const std::string& name : columns) text += (text.empty() ? "" : ", ") + name;
    return text;
}

} // namespace

Row::Row(std::shared_ptr<const Columns> columns, std::vector<Value> values)
    : columns_(std::move(columns)), values_(std::move(values)) {}
Row::Row(const Row& other) = default;
Row::Row(Row&& other) noexcept = default;
Row& Row::operator=(const Row& other) = default;
Row& Row::operator=(Row&& other) noexcept = default;
Row::~Row() = default;
bool operator==(const Row& left, const Row& right) { return left.values_ == right.values_; }

std::size_t Row::size() const noexcept { return values_.size(); }
const Row::Columns& Row::keys() const noexcept { return *columns_; }
const Value* Row::begin() const noexcept { return values_.data(); }
const Value* Row::end() const noexcept { return values_.data() + values_.size(); }

const Value& Row::operator[](std::size_t index) const {
    if (index >= size())
        throw InterfaceError("the row has no column " + std::to_string(index) + ": it has " +
                             std::to_string(size()));
    return values_[index];
}

const Value& Row::operator[](std::string_view name) const {
    const auto found =
        std::ranges::find_if(*columns_, [&](const std::string& each) { return same_name(each, name); });
    if (found == columns_->end())
        throw InterfaceError("the row has no column '" + std::string(name) + "': it has " +
                             names_of(*columns_));
    return values_[static_cast<std::size_t>(found - columns_->begin())];
}

std::string Row::repr() const {
    std::string text = "(";
    for (const Value& value : values_) text += (text.size() == 1 ? "" : ", ") + value.repr();
    return text + (size() == 1 ? ",)" : ")");
}

void detail::throw_other_width(std::size_t columns, std::size_t wanted) {
    throw InterfaceError("the row has " + std::to_string(columns) + " columns, and " +
                         std::to_string(wanted) + (wanted == 1 ? " was" : " were") + " asked for");
}

} // namespace asyncio::sqlite
