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

private:
    struct Variable {
        std::string name;
        std::size_t group;
    };
    /// Set for a pattern without variables, which is compared.
    std::optional<std::string> literal_;
    std::regex expression_;
    std::vector<Variable> variables_;
};

} // namespace asyncio::web::detail
