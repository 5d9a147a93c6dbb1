#pragma once

#include "address.hpp"

#include <cstddef>
#include <expected>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace asyncio::native {

/// A TCP socket that never blocks, closed with its owner. Results are values, or an error number of <cerrno>.
class Socket {
public:
    Socket() = default;
    explicit Socket(int descriptor) noexcept : descriptor_(descriptor) {}
    Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    Socket& operator=(Socket&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    ~Socket() { close(); }

    static std::expected<Socket, int> create(int family);

    int descriptor() const noexcept { return descriptor_; }
    void close() noexcept;

    /// Sets an option that is a number.
    void set(int level, int option, int value = 1) const noexcept;

    /// EINPROGRESS: has begun, and has an outcome() once the socket is writable.
    std::expected<void, int> connect(const Address& address) const noexcept;
    std::expected<void, int> outcome() const noexcept;

    std::expected<void, int> bind(const Address& address) const noexcept;
    std::expected<void, int> listen(int backlog) const noexcept;
    std::expected<Socket, int> accept(Address& peer) const noexcept;

    /// The number of bytes; 0: the peer sends no more.
    std::expected<std::size_t, int> receive(std::span<char> bytes) const noexcept;
    /// The number of bytes taken. Raises no signal.
    std::expected<std::size_t, int> send(std::string_view bytes) const noexcept;
    /// The peer is told that there is no more.
    void shut_sending() const noexcept;

    /// The addresses of its ends; nullopt once there is no peer.
    std::optional<Address> own_address() const noexcept;
    std::optional<Address> peer_address() const noexcept;

private:
    int descriptor_ = -1;
};

/// Whether the operation is to be tried again once the socket is ready.
bool would_block(int error) noexcept;

} // namespace asyncio::native
