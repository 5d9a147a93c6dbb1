#pragma once

#include "../streams/network.hpp"
#include "selector.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace asyncio::native {

/// TCP: IPv4 and IPv6.
class SocketNetwork final : public detail::Network {
public:
    explicit SocketNetwork(std::shared_ptr<Selector> selector) : selector_(std::move(selector)) {}

    Coro<std::shared_ptr<detail::StreamLink>> connect(std::string host, std::uint16_t port,
                                                      std::size_t limit) override;
    Coro<std::unique_ptr<detail::Entrance>> bind(std::string host, std::uint16_t port,
                                                 StreamOptions options) override;
    std::optional<bool> serves(std::uint16_t) const override { return std::nullopt; }

private:
    std::shared_ptr<Selector> selector_;
};

} // namespace asyncio::native
