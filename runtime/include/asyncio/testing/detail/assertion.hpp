#pragma once

#include <string>

namespace asyncio::testing::detail {

/// Raise an AssertionError in CPython's words. `mock` is the mock's name, `calls` a list such as "[call(1)]",
/// `arguments` "(1)".
[[noreturn]] void fail_awaited(const std::string& mock);
[[noreturn]] void fail_awaited_once(const std::string& mock, std::size_t count);
[[noreturn]] void fail_not_awaited(const std::string& mock, std::size_t count);
[[noreturn]] void fail_never_awaited_with(const std::string& mock, const std::string& arguments);
[[noreturn]] void fail_has_awaits(const std::string& expected, const std::string& actual);
[[noreturn]] void fail_has_awaits_in_any_order(const std::string& missing);

[[noreturn]] void fail_called(const std::string& mock);
[[noreturn]] void fail_called_once(const std::string& mock, std::size_t count, const std::string& calls);
[[noreturn]] void fail_called_once_with(const std::string& mock, std::size_t count, const std::string& calls);
[[noreturn]] void fail_not_called(const std::string& mock, std::size_t count, const std::string& calls);
[[noreturn]] void fail_never_called_with(const std::string& mock, const std::string& arguments);
[[noreturn]] void fail_has_calls(const std::string& expected, const std::string& actual);
[[noreturn]] void fail_has_calls_in_any_order(const std::string& mock, const std::string& missing,
                                              const std::string& actual);

/// `action` is "call" or "await".
[[noreturn]] void fail_with(const char* action, const std::string& mock, const std::string& expected,
                            const std::string& actual);
[[noreturn]] void fail_any(const char* action, const std::string& mock, const std::string& arguments);

[[noreturn]] void throw_no_value_to_return(const std::string& mock);
[[noreturn]] void throw_no_effect_left();

} // namespace asyncio::testing::detail
