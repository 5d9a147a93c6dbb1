#pragma once

#include <asyncio/http/transport.hpp>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace asyncio::http {

/// The fields of a header, in order. Names are the same in capitals and in small letters, and may
/// come more than once.
///
/// A name that is no token, or a value with a line break or a NUL, raises ValueError: it could
/// smuggle in fields of its own.
class Headers {
public:
    Headers() = default;
    Headers(std::initializer_list<std::pair<std::string, std::string>> fields);
    explicit Headers(HeaderList fields);

    /// The value of the first field of that name; nullopt when there is none.
    std::optional<std::string> get(std::string_view name) const;
    std::vector<std::string> get_all(std::string_view name) const;
    bool contains(std::string_view name) const;

    /// In place of all fields of that name.
    void set(std::string name, std::string value);
    void add(std::string name, std::string value);
    void remove(std::string_view name);
    /// Each name of `others` in place of the same here.
    void update(const Headers& others);

    std::size_t size() const noexcept { return fields_.size(); }
    bool empty() const noexcept { return fields_.empty(); }
    auto begin() const noexcept { return fields_.begin(); }
    auto end() const noexcept { return fields_.end(); }

private:
    HeaderList fields_;
};

/// "Basic ..." as an Authorization header wants it.
std::string basic_auth(std::string_view user, std::string_view password);

} // namespace asyncio::http
