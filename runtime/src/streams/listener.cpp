#include "listener.hpp"

#include "loopback.hpp"

#include <asyncio/detail/finally.hpp>
#include <asyncio/error.hpp>
#include <asyncio/task.hpp>

#include <algorithm>
#include <format>
#include <map>
#include <utility>

namespace asyncio::detail {
namespace {

struct Port {
    std::shared_ptr<Listener> listener;
    const EventLoop* loop = nullptr;
    /// Distinguishes the loop from a later one at the same address.
    std::weak_ptr<Inbox> inbox;

    bool is_served() const { return is_alive(*loop) && loop->inbox() == inbox.lock(); }
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

} // namespace

Listener::Listener(EventLoop& loop, ClientConnected client_connected, std::string host, std::uint16_t port,
                   std::size_t limit)
    : loop_(loop), client_connected_(std::move(client_connected)), host_(std::move(host)), port_(port),
      limit_(limit) {}

std::shared_ptr<Listener> Listener::find(std::uint16_t port) {
    const auto found = ports().find(port);
    return found == ports().end() ? nullptr : found->second.listener;
}

std::uint16_t Listener::choose_port(std::uint16_t wanted) {
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

void Listener::start() {
    if (closed_) throw RuntimeError("the server is closed: start a new one");
    if (std::exchange(serving_, true)) return;
    ports()[port_] = {.listener = shared_from_this(), .loop = &loop_, .inbox = loop_.inbox()};
}

void Listener::close() {
    if (std::exchange(closed_, true)) return;
    const std::shared_ptr<Listener> kept = shared_from_this();
    if (std::exchange(serving_, false)) ports().erase(port_);
    if (forever_ && !forever_->done()) (void)forever_->cancel();
    wake_if_over();
}

void Listener::wake_if_over() {
    if (!closed_ || open_ > 0) return;
    for (const Future<>& waiter : std::exchange(waiters_, {}))
        if (!waiter.done()) waiter.set_result();
}

void Listener::connection_ended() {
    --open_;
    wake_if_over();
}

Coro<> Listener::serve_forever() {
    if (forever_) throw RuntimeError("serve_forever() of this server is already running in another task");
    start();
    forever_.emplace(loop_);
    const Finally forget([this] { forever_.reset(); });
    std::exception_ptr cancelled;
    try {
        co_await *forever_;
    } catch (const CancelledError&) {
        cancelled = std::current_exception();
    }
    close();
    co_await wait_closed();
    if (cancelled) std::rethrow_exception(cancelled);
}

Coro<> Listener::wait_closed() {
    if (closed_ && open_ == 0) co_return;
    const Future<> waiter(loop_);
    waiters_.push_back(waiter);
    co_await waiter;
}

std::vector<std::shared_ptr<StreamLink>> Listener::clients() const {
    std::vector<std::shared_ptr<StreamLink>> links;
    for (const std::weak_ptr<StreamLink>& client : clients_)
        if (auto link = client.lock()) links.push_back(std::move(link));
    return links;
}

std::shared_ptr<StreamLink> Listener::connect(std::size_t limit) {
    static thread_local std::uint16_t last_client_port = first_ephemeral - 1;
    last_client_port =
        std::max<std::uint16_t>(static_cast<std::uint16_t>(last_client_port + 1), first_ephemeral);
    const std::string client_name = std::format("{}:{}", host_, last_client_port);

    const auto to_server = std::make_shared<Channel>();
    const auto to_client = std::make_shared<Channel>();
    const auto make_end = [&](std::size_t end_limit, auto in, auto out, std::string own, std::string peer) {
        auto link = std::make_shared<StreamLink>(loop_, end_limit);
        link->transport = std::make_unique<LoopbackTransport>(loop_, link, std::move(in), std::move(out),
                                                              std::move(own), std::move(peer));
        return link;
    };
    auto client = make_end(limit, to_client, to_server, client_name, name());
    accept(make_end(limit_, to_server, to_client, name(), client_name));
    return client;
}

void Listener::accept(const std::shared_ptr<StreamLink>& link) {
    ++open_;
    static_cast<LoopbackTransport&>(*link->transport).on_end = [self = shared_from_this()] {
        self->connection_ended();
    };
    std::erase_if(clients_, [](const std::weak_ptr<StreamLink>& client) { return client.expired(); });
    clients_.push_back(link);

    const Task<> handling = create_task(client_connected_(StreamReader(link), StreamWriter(link)));
    handling.add_done_callback([loop = &loop_, weak = std::weak_ptr(link)](const Task<>& done) {
        if (!done.cancelled()) {
            const std::exception_ptr error = done.exception();
            if (!error) return;
            loop->call_exception_handler(
                {.message = "Unhandled exception in client_connected_cb", .exception = error, .source = {}});
        }
        if (const auto kept = weak.lock()) kept->transport->close();
    });
}

} // namespace asyncio::detail
