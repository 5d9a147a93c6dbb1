#include <asyncio/sqlite/parameters.hpp>

#include <utility>

namespace asyncio::sqlite {

Parameters::Parameters() = default;
Parameters::Parameters(std::vector<Value> by_position, Named by_name)
    : values(std::move(by_position)), named(std::move(by_name)) {}
Parameters::Parameters(std::initializer_list<Value> by_position) : values(by_position) {}
Parameters::Parameters(const Parameters& other) = default;
Parameters::Parameters(Parameters&& other) noexcept = default;
Parameters& Parameters::operator=(const Parameters& other) = default;
Parameters& Parameters::operator=(Parameters&& other) noexcept = default;
Parameters::~Parameters() = default;

void Parameters::add(Value value) { values.push_back(std::move(value)); }

} // namespace asyncio::sqlite
