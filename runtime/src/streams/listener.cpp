#include "listener.hpp"

#include <asyncio/detail/finally.hpp>
#include <asyncio/error.hpp>
#include <asyncio/task.hpp>

#include <utility>

namespace asyncio::detail {

Listener::Listener(EventLoop& loop, ClientConnected client_connected, std::unique_ptr<Entrance> entrance,
                   std::size_t limit)
    : loop_(loop), client_connected_(std::move(client_connected)), entrance_(std::move(entrance)),
      limit_(limit) {}

void Listener::start() {
    if (closed_) throw RuntimeError("the server is closed: start a new one");
    if (serving_) return;
    entrance_->open(shared_from_this());
    serving_ = true;
}

void Listener::close() {
    if (std::exchange(closed_, true)) return;
    const std::shared_ptr<Listener> kept = shared_from_this();
    serving_ = false;
    entrance_->close();
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

void Listener::attend(const std::shared_ptr<StreamLink>& link) {
    ++open_;
    link->until_lost =
        std::shared_ptr<void>(nullptr, [self = shared_from_this()](void*) { self->connection_ended(); });
    // Only now and then, so that each accepted connection costs the same.
    if (clients_.size() >= 2 * static_cast<std::size_t>(open_))
        std::erase_if(clients_, [](const std::weak_ptr<StreamLink>& client) { return client.expired(); });
    clients_.push_back(link);
}

void Listener::serve(const std::shared_ptr<StreamLink>& link) {
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
