#include "pattern.hpp"

#include "text.hpp"

#include <asyncio/error.hpp>

#include <algorithm>
#include <cctype>
#include <format>
#include <utility>

namespace asyncio::web::detail {
namespace {

std::string escaped(std::string_view literal) {
    std::string text;
    for (const char letter : literal) {
        if (std::string_view(R"(\^$.|?*+()[]{})").contains(letter)) text += '\\';
        text += letter;
    }
    return text;
}

bool is_name(std::string_view text) {
    return !text.empty() && std::isdigit(static_cast<unsigned char>(text.front())) == 0 &&
           std::ranges::all_of(text, [](char letter) {
               return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_';
           });
}

/// The position of the brace that closes the one at `open`; a regular expression may have braces of its own.
std::size_t closing(std::string_view text, std::size_t open) {
    int depth = 0;
    for (std::size_t at = open; at < text.size(); ++at) {
        if (text[at] == '\\')
            ++at;
        else if (text[at] == '{')
            ++depth;
        else if (text[at] == '}' && --depth == 0)
            return at;
    }
    return std::string_view::npos;
}

std::regex compiled(const std::string& expression, std::string_view pattern) {
    try {
        return std::regex(expression);
    } catch (const std::regex_error& error) {
        throw ValueError(
            std::format("the route \"{}\" has an invalid regular expression: {}", pattern, error.what()));
    }
}

} // namespace

Pattern::Pattern(std::string_view text) : text_(text) {
    if (!text.starts_with('/') && text != "*")
        throw ValueError(std::format("the route \"{}\" does not begin with /", text));
    std::string expression;
    std::size_t groups = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t open = std::min(text.find('{', at), text.size());
        const std::string_view plain = text.substr(at, open - at);
        if (plain.contains('}'))
            throw ValueError(std::format("the route \"{}\" has a }} without a {{", text));
        end_ = encoded_path(plain);
        expression += escaped(end_);
        if (open == text.size()) break;
        const std::size_t close = closing(text, open);
        if (close == std::string_view::npos)
            throw ValueError(std::format("the route \"{}\" has a {{ without a }}", text));
        const std::string_view variable = text.substr(open + 1, close - open - 1);
        const std::size_t colon = variable.find(':');
        const std::string name(variable.substr(0, colon));
        if (!is_name(name))
            throw ValueError(std::format(
                "the route \"{}\" has a variable \"{}\": name it with letters, digits and _", text, name));
        if (std::ranges::contains(variables_, name, &Variable::name))
            throw ValueError(std::format("the route \"{}\" has two variables {}", text, name));
        const std::string own =
            colon == std::string_view::npos ? "[^/]+" : std::string(variable.substr(colon + 1));
        std::regex compiled_own = compiled(own, text);
        const std::size_t inner = compiled_own.mark_count();
        variables_.push_back({.name = name,
                              .group = groups + 1,
                              .expression = std::move(compiled_own),
                              .before = std::exchange(end_, {})});
        groups += 1 + inner;
        expression += "(" + own + ")";
        at = close + 1;
    }
    if (!variables_.empty()) expression_ = compiled(expression, text);
}

std::optional<Pattern::Values> Pattern::match(const std::string& path) const {
    if (variables_.empty()) return path == end_ ? std::optional(Values()) : std::nullopt;
    std::smatch found;
    if (!std::regex_match(path, found, expression_)) return std::nullopt;
    Values values;
    for (const Variable& variable : variables_)
        values.emplace(variable.name, percent_decoded(found[variable.group].str()).value_or(""));
    return values;
}

std::string Pattern::filled(const std::map<std::string, std::string>& values) const {
    for (const auto& [name, value] : values)
        if (!std::ranges::contains(variables_, name, &Variable::name))
            throw ValueError(std::format("the route \"{}\" has no variable {}", text_, name));
    std::string path;
    for (const Variable& variable : variables_) {
        const auto value = values.find(variable.name);
        if (value == values.end())
            throw ValueError(
                std::format("the variable {} of the route \"{}\" has no value", variable.name, text_));
        std::string encoded = encoded_path(value->second);
        // A "/" stays one where the variable may have it.
        if (!std::regex_match(encoded, variable.expression)) encoded = encoded_segment(value->second);
        if (!std::regex_match(encoded, variable.expression))
            throw ValueError(std::format(R"(the variable {} of the route "{}" cannot be "{}")", variable.name,
                                         text_, value->second));
        path += variable.before + encoded;
    }
    return path + end_;
}

bool Pattern::has_variable(std::string_view name) const {
    return std::ranges::contains(variables_, name, &Variable::name);
}

std::string Pattern::without_expressions() const {
    std::string path;
    for (const Variable& variable : variables_) path += variable.before + "{" + variable.name + "}";
    return path + end_;
}

} // namespace asyncio::web::detail
