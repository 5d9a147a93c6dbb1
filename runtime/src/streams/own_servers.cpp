#include <asyncio/detail/own_servers.hpp>

#include "network.hpp"

#include <asyncio/http/error.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <format>
#include <memory>
#include <optional>
#include <string>

namespace asyncio::detail {
namespace {

std::optional<OwnServersClient>& joined() {
    static constinit std::optional<OwnServersClient> client;
    return client;
}

constexpr std::uint16_t http_port = 80;
constexpr std::array<std::string_view, 4> loopback_hosts = {"127.0.0.1", "localhost", "[::1]", "0.0.0.0"};

std::string lowered(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(),
                           [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    return lower;
}

/// "127.0.0.1:8080"; empty for a URL of another scheme.
std::string authority_of(std::string_view url, std::string_view scheme) {
    const std::size_t colon = url.find("://");
    if (colon == std::string_view::npos || lowered(url.substr(0, colon)) != scheme) return "";
    url.remove_prefix(colon + 3);
    return lowered(url.substr(0, url.find_first_of("/?#")));
}

std::optional<std::uint16_t> port_of(std::string_view digits) {
    if (digits.empty()) return http_port;
    std::uint16_t port = 0;
    const char* const end = std::to_address(digits.end());
    const auto [stopped, error] = std::from_chars(std::to_address(digits.begin()), end, port);
    if (error != std::errc() || stopped != end) return std::nullopt;
    return port;
}

/// The port, if the host is a loopback address.
std::optional<std::uint16_t> loopback_port(std::string_view authority) {
    for (const std::string_view host : loopback_hosts) {
        if (authority == host) return http_port;
        if (authority.starts_with(host) && authority[host.size()] == ':')
            return port_of(authority.substr(host.size() + 1));
    }
    return std::nullopt;
}

} // namespace

void reach_own_servers_with(OwnServersClient client) { joined() = client; }

const OwnServersClient* own_servers_client(std::string_view url, std::string_view scheme) {
    const std::string authority = authority_of(url, scheme);
    const std::optional<std::uint16_t> port = loopback_port(authority);
    if (!port) return nullptr;
    const std::optional<bool> served = network_of(get_running_loop()).serves(*port);
    if (served == false) return nullptr;
    if (joined()) return &*joined();
    if (!served) return nullptr;
    const std::string complaint = std::format("a server of this program listens on {}, and is reached by "
                                              "{}:// only in a program with a web server: "
                                              "#include <asyncio/web.hpp>, or use open_connection()",
                                              authority, scheme);
    if (scheme == "ws") throw websocket::ConnectError(complaint);
    throw http::ClientConnectionError(complaint);
}

} // namespace asyncio::detail
