// What libc++'s checks call, such as that of an index: the program's crash is told by what was wrong, instead of by a
// line of libc++.

#include "host.hpp"

#include <__verbose_abort>
#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

/// "/usr/include/vector:406: libc++ Hardening assertion n < size() failed: vector[] index out of bounds\n" is told as
/// "vector[] index out of bounds (n < size() does not hold)".
std::string told(std::string_view message) {
    constexpr std::string_view before = " assertion ";
    constexpr std::string_view between = " failed: ";
    const auto condition = message.find(before);
    const auto reason = message.find(between);
    while (message.ends_with('\n')) message.remove_suffix(1);
    if (condition == std::string_view::npos || reason == std::string_view::npos || reason < condition)
        return std::string(message);
    std::string text(message.substr(reason + between.size()));
    const auto start = condition + before.size();
    return text.append(" (").append(message.substr(start, reason - start)).append(" does not hold)");
}

} // namespace

_LIBCPP_BEGIN_NAMESPACE_STD

[[noreturn]] void __libcpp_verbose_abort(const char* format, ...) noexcept {
    std::string message(1024, '\0');
    va_list values; // NOLINT(cppcoreguidelines-init-variables): va_start does
    va_start(values, format);
    const int length = std::vsnprintf(message.data(), message.size(), format, values);
    va_end(values);
    message.resize(length < 0 ? 0
                              : std::min<std::size_t>(static_cast<std::size_t>(length), message.size() - 1));
    asyncio_host_crash(told(message).c_str());
    std::abort();
}

_LIBCPP_END_NAMESPACE_STD
