#pragma once

#include "../streams/network.hpp"
#include "address.hpp"
#include "selector.hpp"
#include "socket.hpp"

#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <vector>

namespace asyncio::native {

/// The sockets of a server, one for each of its addresses.
class ListeningSockets final : public detail::Entrance {
public:
    /// Binds them. Raises OSError.
    ListeningSockets(EventLoop& loop, std::shared_ptr<Selector> selector,
                     const std::vector<Address>& addresses, const StreamOptions& options);

    void open(const std::shared_ptr<detail::Listener>& listener) override;
    void close() noexcept override;
    std::vector<std::string> names() const override;
    std::uint16_t port() const override;

private:
    struct Door {
        Door(EventLoop& loop, std::shared_ptr<Selector> selector, Socket bound, const Address& at);

        Socket socket;
        Address address;
        Watch watch;
    };

    void bind(const Address& address, const StreamOptions& options);
    void watch(Door& door, const std::shared_ptr<detail::Listener>& listener);
    void accept(Door& door, const std::shared_ptr<detail::Listener>& listener);
    void pause(Door& door, const std::shared_ptr<detail::Listener>& listener, int error);
    void welcome(const std::shared_ptr<detail::Listener>& listener, Socket socket, const Address& peer);

    EventLoop& loop_;
    std::shared_ptr<Selector> selector_;
    int backlog_;
    /// A list, since a watch does not move.
    std::list<Door> doors_;
};

} // namespace asyncio::native
