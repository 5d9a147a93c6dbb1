#include "address.hpp"

#include "socket_error.hpp"

#include <asyncio/error.hpp>
#include <asyncio/event_loop.hpp>

#include <array>
#include <cerrno>
#include <cstring>
#include <format>
#include <memory>
#include <netdb.h>
#include <netinet/in.h>
#include <optional>
#include <utility>

namespace asyncio::native {
namespace {

/// nullopt: `host` is a name, although `flags` demands an address.
std::optional<std::vector<Address>> look_up(const std::string& host, std::uint16_t port, int flags) {
    addrinfo hints = {};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags | AI_NUMERICSERV;
    addrinfo* first = nullptr;
    const int failed =
        getaddrinfo(host.empty() ? nullptr : host.c_str(), std::to_string(port).c_str(), &hints, &first);
    if (failed == EAI_SYSTEM) std::rethrow_exception(socket_error(errno));
    if (failed == EAI_NONAME && (flags & AI_NUMERICHOST) != 0) return std::nullopt;
    // Everywhere this machine (RFC 6761), also where no file of hosts says so.
    if (failed != 0 && host == "localhost") return look_up("127.0.0.1", port, flags);
    if (failed != 0) throw gaierror({.number = failed, .strerror = gai_strerror(failed)});
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> list(first, &freeaddrinfo);
    std::vector<Address> addresses;
    for (const addrinfo* entry = first; entry != nullptr; entry = entry->ai_next) {
        Address& address = addresses.emplace_back();
        std::memcpy(&address.storage, entry->ai_addr, entry->ai_addrlen);
        address.size = entry->ai_addrlen;
    }
    return addresses;
}

/// The address without the port.
std::string host_of(const Address& address) {
    std::array<char, NI_MAXHOST> host = {};
    const int failed =
        getnameinfo(address.data(), address.size, host.data(), host.size(), nullptr, 0, NI_NUMERICHOST);
    if (failed != 0) throw gaierror({.number = failed, .strerror = gai_strerror(failed)});
    return host.data();
}

const sockaddr_in6& as_v6(const Address& address) {
    return reinterpret_cast<const sockaddr_in6&>(address.storage); // NOLINT(*-reinterpret-cast)
}

} // namespace

// NOLINTBEGIN(*-reinterpret-cast): what the functions of sockets are made for
sockaddr* Address::data() noexcept { return reinterpret_cast<sockaddr*>(&storage); }
const sockaddr* Address::data() const noexcept { return reinterpret_cast<const sockaddr*>(&storage); }

std::uint16_t Address::port() const {
    if (family() == AF_INET6) return ntohs(as_v6(*this).sin6_port);
    return ntohs(reinterpret_cast<const sockaddr_in&>(storage).sin_port);
}
// NOLINTEND(*-reinterpret-cast)

std::string Address::name() const {
    const std::string host = host_of(*this);
    return family() == AF_INET6 ? std::format("[{}]:{}", host, port()) : std::format("{}:{}", host, port());
}

std::string Address::tuple() const {
    const std::string host = host_of(*this);
    if (family() != AF_INET6) return std::format("('{}', {})", host, port());
    return std::format("('{}', {}, {}, {})", host, port(), ntohl(as_v6(*this).sin6_flowinfo),
                       as_v6(*this).sin6_scope_id);
}

Coro<std::vector<Address>> resolve(std::string host, std::uint16_t port, bool passive) {
    if (host.contains('\0')) throw ValueError("embedded null byte: the name of a host cannot contain one");
    const int flags = passive ? AI_PASSIVE : 0;
    // An address needs no thread.
    if (auto addresses = look_up(host, port, flags | AI_NUMERICHOST)) co_return *std::move(addresses);
    co_return co_await get_running_loop().run_in_executor(
        nullptr, [host, port, flags] { return look_up(host, port, flags).value(); });
}

} // namespace asyncio::native
