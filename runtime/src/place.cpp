#include <asyncio/detail/place.hpp>

#include <string_view>

namespace asyncio::detail {

std::string place_of(const std::source_location& where) {
    return std::string(where.file_name()) + ":" + std::to_string(where.line());
}

std::string function_of(const std::source_location& where) {
    std::string whole = where.function_name();
    constexpr std::string_view anonymous = "(anonymous namespace)::";
    for (std::size_t at; (at = whole.find(anonymous)) != std::string::npos;) whole.erase(at, anonymous.size());
    std::string_view signature = whole;
    if (signature.contains("(lambda")) return "a lambda";
    // "Coro<std::vector<int>> Client::get(int)" or, in newer compilers, "... [T = int]" behind it.
    const std::size_t parameters = signature.find('(');
    signature = signature.substr(0, parameters);
    int depth = 0;
    std::size_t start = 0;
    for (std::size_t at = 0; at < signature.size(); ++at) {
        if (signature[at] == '<') ++depth;
        if (signature[at] == '>') --depth;
        if (signature[at] == ' ' && depth == 0) start = at + 1;
    }
    return std::string(signature.substr(start));
}

} // namespace asyncio::detail
