#pragma once

#include <functional>
#include <map>
#include <optional>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

namespace asyncio::web::detail {

/// The pattern of a route, such as "/users/{id}/{file:.+}".
class Pattern {
public:
    using Values = std::map<std::string, std::string, std::less<>>;

    /// Raises ValueError if it is malformed.
    explicit Pattern(std::string_view text);

    /// The decoded values of its variables if it matches a canonical path; nullopt if not.
    std::optional<Values> match(const std::string& path) const;
    /// The canonical path with these values, which are not encoded. Raises ValueError unless they are those of its
    /// variables, and match.
    std::string filled(const std::map<std::string, std::string>& values) const;

    bool has_variable(std::string_view name) const;
    /// Without regular expressions: "/users/{id}/{file}".
    std::string without_expressions() const;

private:
    struct Variable {
        std::string name;
        std::size_t group;
        /// Its regular expression, and what stands before it.
        std::regex expression;
        std::string before;
    };
    std::string text_;
    std::vector<Variable> variables_;
    /// What stands behind the last variable: all of a pattern without variables, which is compared.
    std::string end_;
    std::regex expression_;
};

} // namespace asyncio::web::detail
