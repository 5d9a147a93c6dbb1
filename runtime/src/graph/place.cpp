#include <asyncio/detail/place.hpp>

#include <string_view>

namespace asyncio::detail {
namespace {

/// The position after the parenthesis that closes the one at `open`.
std::size_t end_of_parameters(std::string_view signature, std::size_t open) {
    int depth = 0;
    for (std::size_t at = open; at < signature.size(); ++at) {
        if (signature[at] == '(') ++depth;
        if (signature[at] == ')' && --depth == 0) return at + 1;
    }
    return signature.size();
}

} // namespace

std::string place_of(const std::source_location& where) {
    return std::string(where.file_name()) + ":" + std::to_string(where.line());
}

std::string function_of(const std::source_location& where) {
    std::string whole = where.function_name();
    constexpr std::string_view anonymous = "(anonymous namespace)::";
    for (std::size_t at = whole.find(anonymous); at != std::string::npos; at = whole.find(anonymous, at))
        whole.erase(at, anonymous.size());
    const std::string_view signature = whole;
    if (signature.contains("(lambda")) return "a lambda";
    // "Coro<std::vector<int>> Client::get(int)", in newer compilers followed by "... [T = int]". For a class
    // inside a function it is "Coro<> f(int)::Client::get(int)".
    int depth = 0;
    std::size_t start = 0;
    for (std::size_t at = 0; at < signature.size(); ++at) {
        const char c = signature[at];
        if (c == '(' && depth == 0) {
            const std::size_t end = end_of_parameters(signature, at);
            if (!signature.substr(end).starts_with("::"))
                return std::string(signature.substr(start, at - start));
            start = end + 2;
            at = end + 1;
        }
        if (c == '<') ++depth;
        if (c == '>') --depth;
        if (c == ' ' && depth == 0) start = at + 1;
    }
    return std::string(signature.substr(start));
}

} // namespace asyncio::detail
