#pragma once

#include <exception>
#include <optional>
#include <string>
#include <utility>

namespace asyncio::conformance {

/// The result of a coroutine of a scenario: a number, or Python's None.
using Value = std::optional<int>;

/// The error of the ops `raise` and `future_fail`: a ValueError, KeyError or RuntimeError with a label.
class ScenarioError : public std::exception {
public:
    ScenarioError(std::string kind, std::string label) : kind_(std::move(kind)), label_(std::move(label)) {}
    const std::string& kind() const noexcept { return kind_; }
    const std::string& label() const noexcept { return label_; }
    const char* what() const noexcept override { return label_.c_str(); }

private:
    std::string kind_;
    std::string label_;
};

/// The op `return`: leaves the coroutine from any depth of nesting.
struct Return : std::exception {
    explicit Return(Value value) : value(value) {}
    Value value;
};

/// The text of an error in a trace.
std::string describe_for_trace(const std::exception_ptr& error);

/// The same with the message of a cancel, for extended_scenario.py.
std::string spell(const std::exception_ptr& error);

/// Whether a handler for `kind`, as Python names it, catches the error.
bool matches(const std::exception_ptr& error, const std::string& kind);

} // namespace asyncio::conformance
