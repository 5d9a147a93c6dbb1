#include "listener.hpp"
#include "loopback.hpp"
#include "network.hpp"

#include <asyncio/error.hpp>
#include <asyncio/sleep.hpp>

#include <algorithm>
#include <format>
#include <map>
#include <utility>

namespace asyncio::detail {
namespace {

struct Port {
    std::shared_ptr<Listener> listener;
    std::string host;
    /// Distinguishes the loop from a later one at the same address.
    std::weak_ptr<Inbox> inbox;

    bool is_served() const { return is_alive(listener->loop()) && listener->loop().inbox() == inbox.lock(); }
    std::string name(std::uint16_t number) const { return std::format("{}:{}", host, number); }
};

/// The network keeps servers alive, like a kernel, until they are closed.
using Ports = std::map<std::uint16_t, Port>;

/// Without the ports whose loop has been destroyed.
Ports& ports() {
    static thread_local Ports ports;
    std::erase_if(ports, [](const auto& entry) { return !entry.second.is_served(); });
    return ports;
}

constexpr std::uint16_t first_ephemeral = 49152;

/// `wanted`, or a free port for 0. Raises OSError if it is in use.
std::uint16_t choose_port(std::uint16_t wanted) {
    if (wanted != 0) {
        if (ports().contains(wanted))
            throw OSError(std::format(
                "port {} is already in use: another server in this program listens on it", wanted));
        return wanted;
    }
    for (unsigned port = first_ephemeral; port <= UINT16_MAX; ++port)
        if (!ports().contains(static_cast<std::uint16_t>(port))) return static_cast<std::uint16_t>(port);
    throw OSError("there is no free port");
}

void require_own_network(const std::string& host) {
    if (host.empty() || host == "127.0.0.1" || host == "localhost" || host == "0.0.0.0" || host == "::1")
        return;
    throw OSError(std::format("{} cannot be reached: a program's TCP connections stay inside the program, so "
                              "use 127.0.0.1. For other servers use http:: or a WebSocket",
                              host));
}

std::string own_address(const std::string& host) { return host.empty() ? "127.0.0.1" : host; }

class LoopbackEntrance final : public Entrance {
public:
    LoopbackEntrance(std::string host, std::uint16_t port) : host_(std::move(host)), port_(port) {}

    void open(const std::shared_ptr<Listener>& listener) override {
        ports()[port_] = {.listener = listener, .host = host_, .inbox = listener->loop().inbox()};
        open_ = true;
    }
    void close() noexcept override {
        if (std::exchange(open_, false)) ports().erase(port_);
    }
    std::vector<std::string> names() const override { return {std::format("{}:{}", host_, port_)}; }
    std::uint16_t port() const override { return port_; }

private:
    std::string host_;
    std::uint16_t port_;
    bool open_ = false;
};

/// The client's end of a new connection.
std::shared_ptr<StreamLink> connect_to(Listener& listener, const std::string& host, const std::string& server,
                                       std::size_t limit) {
    static thread_local std::uint16_t last_client_port = first_ephemeral - 1;
    last_client_port =
        std::max<std::uint16_t>(static_cast<std::uint16_t>(last_client_port + 1), first_ephemeral);
    const std::string client = std::format("{}:{}", host, last_client_port);

    const auto to_server = std::make_shared<Channel>();
    const auto to_client = std::make_shared<Channel>();
    const auto make_end = [&](std::size_t end_limit, auto in, auto out, std::string own, std::string peer) {
        auto link = std::make_shared<StreamLink>(listener.loop(), end_limit);
        link->transport = std::make_unique<LoopbackTransport>(
            listener.loop(), link, std::move(in), std::move(out), std::move(own), std::move(peer));
        return link;
    };
    auto own_end = make_end(limit, to_client, to_server, client, server);
    const auto other_end = make_end(listener.limit(), to_server, to_client, server, client);
    listener.attend(other_end);
    listener.serve(other_end);
    return own_end;
}

class LoopbackNetwork final : public Network {
public:
    Coro<std::shared_ptr<StreamLink>> connect(std::string host, std::uint16_t port,
                                              std::size_t limit) override {
        require_own_network(host);
        // One turn, like a handshake.
        co_await sleep(0);
        const auto found = ports().find(port);
        if (found == ports().end())
            throw ConnectionRefusedError(std::format("no server listens on {}:{}: call start_server() first",
                                                     own_address(host), port));
        const Port server = found->second;
        auto link = connect_to(*server.listener, server.host, server.name(port), limit);
        co_await sleep(0);
        co_return link;
    }

    Coro<std::unique_ptr<Entrance>> bind(std::string host, std::uint16_t port, StreamOptions) override {
        require_own_network(host);
        co_return std::make_unique<LoopbackEntrance>(own_address(host), choose_port(port));
    }

    std::optional<bool> serves(std::uint16_t port) const override { return ports().contains(port); }
};

} // namespace

Network& loopback_network() {
    static LoopbackNetwork network;
    return network;
}

EventLoop* loop_inside(std::uint16_t port) {
    const auto found = ports().find(port);
    return found == ports().end() ? nullptr : &found->second.listener->loop();
}

std::shared_ptr<StreamLink> connect_inside(std::uint16_t port) {
    const auto found = ports().find(port);
    if (found == ports().end()) return nullptr;
    const Port server = found->second;
    return connect_to(*server.listener, server.host, server.name(port), StreamReader::default_limit);
}

} // namespace asyncio::detail
