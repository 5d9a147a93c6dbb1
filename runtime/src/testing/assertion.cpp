#include <asyncio/testing/detail/assertion.hpp>
#include <asyncio/testing/error.hpp>

#include <string>

namespace asyncio::testing::detail {
namespace {

std::string name_of(const std::string& mock) { return mock.empty() ? "mock" : mock; }
std::string quoted(const std::string& mock) { return "'" + name_of(mock) + "'"; }

/// CPython leaves out an empty list.
std::string calls_after(const std::string& calls) { return calls == "[]" ? "" : "\nCalls: " + calls + "."; }
std::string times(std::size_t count) { return std::to_string(count) + " times."; }

} // namespace

void fail_awaited(const std::string& mock) {
    throw AssertionError("Expected " + name_of(mock) + " to have been awaited.");
}
void fail_awaited_once(const std::string& mock, std::size_t count) {
    throw AssertionError("Expected " + name_of(mock) + " to have been awaited once. Awaited " + times(count));
}
void fail_not_awaited(const std::string& mock, std::size_t count) {
    throw AssertionError("Expected " + name_of(mock) + " to not have been awaited. Awaited " + times(count));
}
void fail_never_awaited_with(const std::string& mock, const std::string& arguments) {
    throw AssertionError("Expected await: " + name_of(mock) + arguments + "\nNot awaited");
}
void fail_has_awaits(const std::string& expected, const std::string& actual) {
    throw AssertionError("Awaits not found.\nExpected: [" + expected + "]\nActual: " + actual);
}
void fail_has_awaits_in_any_order(const std::string& missing) {
    throw AssertionError(missing + " not all found in await list");
}

void fail_called(const std::string& mock) {
    throw AssertionError("Expected " + quoted(mock) + " to have been called.");
}
void fail_called_once(const std::string& mock, std::size_t count, const std::string& calls) {
    throw AssertionError("Expected " + quoted(mock) + " to have been called once. Called " + times(count) +
                         calls_after(calls));
}
void fail_called_once_with(const std::string& mock, std::size_t count, const std::string& calls) {
    throw AssertionError("Expected " + quoted(mock) + " to be called once. Called " + times(count) +
                         calls_after(calls));
}
void fail_not_called(const std::string& mock, std::size_t count, const std::string& calls) {
    throw AssertionError("Expected " + quoted(mock) + " to not have been called. Called " + times(count) +
                         calls_after(calls));
}
void fail_never_called_with(const std::string& mock, const std::string& arguments) {
    throw AssertionError("expected call not found.\nExpected: " + name_of(mock) + arguments +
                         "\n  Actual: not called.");
}
void fail_has_calls(const std::string& expected, const std::string& actual) {
    throw AssertionError("Calls not found.\nExpected: [" + expected + "]" +
                         (actual == "[]" ? "" : "\n  Actual: " + actual));
}
void fail_has_calls_in_any_order(const std::string& mock, const std::string& missing,
                                 const std::string& actual) {
    throw AssertionError(quoted(mock) + " does not contain all of " + missing + " in its call list, found " +
                         actual + " instead");
}

void fail_with(const char* action, const std::string& mock, const std::string& expected,
               const std::string& actual) {
    throw AssertionError("expected " + std::string(action) + " not found.\nExpected: " + name_of(mock) +
                         expected + "\n  Actual: " + name_of(mock) + actual);
}
void fail_any(const char* action, const std::string& mock, const std::string& arguments) {
    throw AssertionError(name_of(mock) + arguments + " " + action + " not found");
}

void throw_no_value_to_return(const std::string& mock) {
    throw RuntimeError(name_of(mock) +
                       " has no value to return: set its return_value() or its side_effect()");
}
void throw_no_effect_left() { throw StopAsyncIteration(); }

} // namespace asyncio::testing::detail
