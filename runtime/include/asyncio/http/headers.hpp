#pragma once

#include <asyncio/http/transport.hpp>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace asyncio::http {

/// Header fields, in order. Names are case-insensitive and may occur more than once.
///
/// A name that is not a token, or a value that contains a line break or a NUL, raises ValueError: it could
/// inject other header fields.
class Headers {
public:
    Headers() = default;
    Headers(std::initializer_list<std::pair<std::string, std::string>> fields);
    explicit Headers(HeaderList fields);

    /// The value of the first field of that name; nullopt if there is none.
    std::optional<std::string> get(std::string_view name) const;
    std::vector<std::string> get_all(std::string_view name) const;
    bool contains(std::string_view name) const;

    /// Replaces all fields of that name.
    void set(std::string name, std::string value);
    void add(std::string name, std::string value);
    void remove(std::string_view name);
    /// Replaces every field here whose name is in `others`.
    void update(const Headers& others);

    std::size_t size() const noexcept { return fields_.size(); }
    bool empty() const noexcept { return fields_.empty(); }
    auto begin() const noexcept { return fields_.begin(); }
    auto end() const noexcept { return fields_.end(); }

private:
    HeaderList fields_;
};

/// "Basic ...", the value of an Authorization header.
std::string basic_auth(std::string_view user, std::string_view password);

} // namespace asyncio::http
