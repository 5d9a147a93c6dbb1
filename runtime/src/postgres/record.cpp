#include <asyncio/postgres/error.hpp>
#include <asyncio/postgres/record.hpp>

#include <algorithm>
#include <utility>

namespace asyncio::postgres {

Record::Record(std::shared_ptr<const detail::Columns> columns, std::vector<Value> values)
    : columns_(std::move(columns)), values_(std::move(values)) {}
Record::Record(const Record& other) = default;
Record::Record(Record&& other) noexcept = default;
Record& Record::operator=(const Record& other) = default;
Record& Record::operator=(Record&& other) noexcept = default;
Record::~Record() = default;
bool operator==(const Record& left, const Record& right) { return left.values_ == right.values_; }

bool Record::contains(std::string_view name) const noexcept {
    return std::ranges::find(columns_->names, name) != columns_->names.end();
}

const Value& Record::operator[](std::size_t index) const {
    if (index >= size())
        throw InterfaceError("the record has no column " + std::to_string(index) + ": it has " +
                             std::to_string(size()));
    return values_[index];
}

const Value& Record::operator[](std::string_view name) const {
    for (std::size_t i = values_.size(); i-- > 0;)
        if (columns_->names[i] == name) return values_[i];
    std::string names;
    for (const std::string& each : columns_->names) names += (names.empty() ? "" : ", ") + each;
    throw InterfaceError("the record has no column '" + std::string(name) + "': it has " + names);
}

std::string Record::repr() const {
    std::string text = "<Record";
    for (std::size_t i = 0; i < values_.size(); ++i)
        text += " " + columns_->names[i] + "=" + values_[i].repr();
    return text + ">";
}

void detail::throw_other_width(std::size_t columns, std::size_t wanted) {
    throw InterfaceError("the record has " + std::to_string(columns) + " columns, and " +
                         std::to_string(wanted) + (wanted == 1 ? " was" : " were") + " asked for");
}

void detail::throw_no_row() {
    throw InterfaceError("the query returned no row: take a std::optional, which is then empty");
}

} // namespace asyncio::postgres
