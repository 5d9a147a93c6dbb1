#include "socket.hpp"

#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>

#ifndef __linux__
#include <fcntl.h>
#endif

namespace asyncio::native {
namespace {

std::expected<void, int> checked(int result) noexcept {
    if (result != 0) return std::unexpected(errno);
    return {};
}

std::expected<std::size_t, int> counted(ssize_t result) noexcept {
    if (result < 0) return std::unexpected(errno);
    return static_cast<std::size_t>(result);
}

std::expected<Socket, int> owned(int descriptor) noexcept {
    if (descriptor < 0) return std::unexpected(errno);
    Socket socket(descriptor);
#ifndef __linux__
    fcntl(descriptor, F_SETFL, O_NONBLOCK); // NOLINT(*-vararg): fcntl() is declared with one
    fcntl(descriptor, F_SETFD, FD_CLOEXEC); // NOLINT(*-vararg)
    socket.set(SOL_SOCKET, SO_NOSIGPIPE);
#endif
    return socket;
}

#ifdef __linux__
constexpr int socket_flags = SOCK_NONBLOCK | SOCK_CLOEXEC;
constexpr int send_flags = MSG_NOSIGNAL;
#else
constexpr int socket_flags = 0;
constexpr int send_flags = 0;
#endif

} // namespace

std::expected<Socket, int> Socket::create(int family) {
    return owned(::socket(family, SOCK_STREAM | socket_flags, 0));
}

void Socket::close() noexcept {
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

void Socket::set(int level, int option, int value) const noexcept {
    setsockopt(descriptor_, level, option, &value, sizeof(value));
}

std::expected<void, int> Socket::connect(const Address& address) const noexcept {
    return checked(::connect(descriptor_, address.data(), address.size));
}

std::expected<void, int> Socket::outcome() const noexcept {
    int error = 0;
    socklen_t size = sizeof(error);
    if (getsockopt(descriptor_, SOL_SOCKET, SO_ERROR, &error, &size) != 0) error = errno;
    if (error != 0) return std::unexpected(error);
    return {};
}

std::expected<void, int> Socket::bind(const Address& address) const noexcept {
    return checked(::bind(descriptor_, address.data(), address.size));
}

std::expected<void, int> Socket::listen(int backlog) const noexcept {
    return checked(::listen(descriptor_, backlog));
}

std::expected<Socket, int> Socket::accept(Address& peer) const noexcept {
#ifdef __linux__
    return owned(accept4(descriptor_, peer.data(), &peer.size, socket_flags));
#else
    return owned(::accept(descriptor_, peer.data(), &peer.size));
#endif
}

std::expected<std::size_t, int> Socket::receive(std::span<char> bytes) const noexcept {
    return counted(recv(descriptor_, bytes.data(), bytes.size(), 0));
}

std::expected<std::size_t, int> Socket::send(std::string_view bytes) const noexcept {
    return counted(::send(descriptor_, bytes.data(), bytes.size(), send_flags));
}

void Socket::shut_sending() const noexcept { shutdown(descriptor_, SHUT_WR); }

std::optional<Address> Socket::own_address() const noexcept {
    Address address;
    if (getsockname(descriptor_, address.data(), &address.size) != 0) return std::nullopt;
    return address;
}

std::optional<Address> Socket::peer_address() const noexcept {
    Address address;
    if (getpeername(descriptor_, address.data(), &address.size) != 0) return std::nullopt;
    return address;
}

bool would_block(int error) noexcept { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

} // namespace asyncio::native
