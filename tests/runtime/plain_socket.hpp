#pragma once

#include <arpa/inet.h>
#include <cerrno>
#include <cstdint>
#include <netinet/in.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace asyncio::test {

/// A blocking socket on 127.0.0.1, made of system calls alone: the other side of the library's sockets.
class PlainSocket {
public:
    PlainSocket() : descriptor_(checked(::socket(AF_INET, SOCK_STREAM, 0))) {}
    explicit PlainSocket(int descriptor) : descriptor_(descriptor) {}
    PlainSocket(PlainSocket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    PlainSocket& operator=(PlainSocket&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    PlainSocket(const PlainSocket&) = delete;
    PlainSocket& operator=(const PlainSocket&) = delete;
    ~PlainSocket() { close(); }

    static PlainSocket connected_to(std::uint16_t port) {
        PlainSocket socket;
        socket.connect(port);
        return socket;
    }
    /// Bound to a free port, at which it does not listen.
    static PlainSocket bound() {
        PlainSocket socket;
        const sockaddr_in address = loopback(0);
        checked(::bind(socket.descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)));
        return socket;
    }
    static PlainSocket listening(int backlog = 8) {
        PlainSocket socket = bound();
        checked(::listen(socket.descriptor_, backlog));
        return socket;
    }

    void connect(std::uint16_t port) const {
        const sockaddr_in address = loopback(port);
        checked(::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)));
    }
    PlainSocket accept() const { return PlainSocket(checked(::accept(descriptor_, nullptr, nullptr))); }
    std::uint16_t port() const {
        sockaddr_in address = {};
        socklen_t size = sizeof(address);
        checked(getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &size));
        return ntohs(address.sin_port);
    }

    void send(std::string_view bytes) const {
        while (!bytes.empty())
            bytes.remove_prefix(static_cast<std::size_t>(
                checked(::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL))));
    }
    /// What has arrived, at least a byte; empty at the end.
    std::string receive_some() const {
        std::string bytes(64 * 1024, '\0');
        bytes.resize(static_cast<std::size_t>(checked(::recv(descriptor_, bytes.data(), bytes.size(), 0))));
        return bytes;
    }
    std::string receive(std::size_t count) const {
        std::string bytes(count, '\0');
        bytes.resize(
            static_cast<std::size_t>(checked(::recv(descriptor_, bytes.data(), count, MSG_WAITALL))));
        return bytes;
    }
    std::string receive_all() const {
        std::string all;
        for (std::string bytes = receive_some(); !bytes.empty(); bytes = receive_some()) all += bytes;
        return all;
    }

    void end_sending() const { checked(shutdown(descriptor_, SHUT_WR)); }
    void close() {
        if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
    }
    /// The peer gets a reset instead of an end.
    void reset() {
        const linger at_once = {.l_onoff = 1, .l_linger = 0};
        checked(setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once)));
        close();
    }

private:
    template <class Result> static Result checked(Result result) {
        if (result < 0) throw std::system_error(errno, std::generic_category());
        return result;
    }
    static sockaddr_in loopback(std::uint16_t port) {
        return {.sin_family = AF_INET,
                .sin_port = htons(port),
                .sin_addr = {htonl(INADDR_LOOPBACK)},
                .sin_zero = {}};
    }

    int descriptor_;
};

} // namespace asyncio::test
