#pragma once

#include <asyncio/coro.hpp>

#include <cstdint>
#include <string>
#include <sys/socket.h>
#include <vector>

namespace asyncio::native {

/// An address of IPv4 or IPv6 with a port.
struct Address {
    sockaddr_storage storage = {};
    socklen_t size = sizeof(sockaddr_storage);

    sockaddr* data() noexcept;
    const sockaddr* data() const noexcept;
    int family() const noexcept { return storage.ss_family; }

    std::uint16_t port() const;
    /// "127.0.0.1:8888", "[::1]:8888"
    std::string name() const;
    /// As Python writes the address of a socket: "('127.0.0.1', 8888)", "('::1', 8888, 0, 0)".
    std::string tuple() const;
};

/// The addresses of a host, in the order in which they should be tried. "" is this machine, or with
/// `passive` all its interfaces. Suspends while a name is resolved, on a thread of the default executor; a
/// cancel leaves the thread to finish. Raises gaierror.
Coro<std::vector<Address>> resolve(std::string host, std::uint16_t port, bool passive);

} // namespace asyncio::native
