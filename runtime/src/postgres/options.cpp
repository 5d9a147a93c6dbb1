#include "options.hpp"

#include "channel.hpp"

#include <asyncio/error.hpp>

#include <charconv>
#include <cstdlib>
#include <format>
#include <string_view>

namespace asyncio::postgres::detail {
namespace {

constexpr std::uint16_t default_port = 5432;
constexpr int hexadecimal = 16;

[[noreturn]] void refuse_dsn(const std::string& why) {
    throw ValueError("invalid DSN: " + why + "; it is like postgresql://user:password@host:5432/database");
}

/// "%40" is "@".
std::string unquoted(std::string_view text) {
    std::string made;
    while (!text.empty()) {
        unsigned code = 0;
        if (text.front() == '%' && text.size() >= 3 &&
            std::from_chars(text.data() + 1, text.data() + 3, code, hexadecimal).ptr == text.data() + 3) {
            made += static_cast<char>(code);
            text.remove_prefix(3);
        } else {
            made += text.front();
            text.remove_prefix(1);
        }
    }
    return made;
}

/// What is before `end`, which is taken off `rest`; all of it if there is no `end`.
std::string_view take_until(std::string_view& rest, char end) {
    const std::string_view taken = rest.substr(0, rest.find(end));
    rest.remove_prefix(std::min(taken.size() + 1, rest.size()));
    return taken;
}

std::uint16_t port_number(std::string_view digits) {
    std::uint16_t port = 0;
    const auto [stopped, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (error != std::errc() || stopped != digits.data() + digits.size() || port == 0)
        refuse_dsn(std::format("'{}' is no port", digits));
    return port;
}

void set_if_empty(std::string& option, std::string value) {
    if (option.empty()) option = std::move(value);
}

void read_authority(ConnectOptions& options, std::string_view authority) {
    if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
        std::string_view user = authority.substr(0, at);
        set_if_empty(options.user, unquoted(take_until(user, ':')));
        set_if_empty(options.password, unquoted(user));
        authority.remove_prefix(at + 1);
    }
    std::string_view host = authority;
    std::string_view port;
    if (authority.starts_with('[')) { // an address of IPv6
        const std::size_t end = authority.find(']');
        if (end == std::string_view::npos) refuse_dsn("a host begins with [ and has no ]");
        host = authority.substr(1, end - 1);
        port = authority.substr(end + 1);
        if (port.starts_with(':')) port.remove_prefix(1);
    } else if (const std::size_t colon = authority.rfind(':'); colon != std::string_view::npos) {
        host = authority.substr(0, colon);
        port = authority.substr(colon + 1);
    }
    set_if_empty(options.host, unquoted(host));
    if (!port.empty() && !options.port) options.port = port_number(port);
}

void read_setting(ConnectOptions& options, const std::string& name, const std::string& value) {
    if (name == "host")
        set_if_empty(options.host, value);
    else if (name == "port")
        options.port = options.port.value_or(port_number(value));
    else if (name == "user")
        set_if_empty(options.user, value);
    else if (name == "password")
        set_if_empty(options.password, value);
    else if (name == "dbname" || name == "database")
        set_if_empty(options.database, value);
    else if (name == "sslmode") {
        if (value == "require" || value.starts_with("verify"))
            refuse_dsn("TLS, sslmode=" + value + ", is not supported");
    } else
        options.server_settings.try_emplace(name, value);
}

void read_dsn(ConnectOptions& options, std::string_view dsn) {
    const std::size_t colon = dsn.find("://");
    const std::string_view scheme = dsn.substr(0, std::min(colon, dsn.size()));
    if (colon == std::string_view::npos || (scheme != "postgresql" && scheme != "postgres"))
        refuse_dsn("it begins with postgresql:// or postgres://");
    std::string_view settings = dsn.substr(colon + 3);
    std::string_view address = take_until(settings, '?');
    read_authority(options, take_until(address, '/'));
    set_if_empty(options.database, unquoted(address));
    while (!settings.empty()) {
        std::string_view value = take_until(settings, '&');
        const std::string name = unquoted(take_until(value, '='));
        read_setting(options, name, unquoted(value));
    }
}

std::string environment(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

} // namespace

ConnectOptions complete(ConnectOptions given, const std::string& dsn) {
    if (!dsn.empty()) read_dsn(given, dsn);
    set_if_empty(given.host, environment("PGHOST"));
    set_if_empty(given.host, default_host());
    if (const std::string port = environment("PGPORT"); !given.port && !port.empty())
        given.port = port_number(port);
    if (!given.port) given.port = default_port;
    set_if_empty(given.user, environment("PGUSER"));
    set_if_empty(given.user, "postgres");
    set_if_empty(given.password, environment("PGPASSWORD"));
    set_if_empty(given.database, environment("PGDATABASE"));
    set_if_empty(given.database, given.user);
    return given;
}

} // namespace asyncio::postgres::detail
