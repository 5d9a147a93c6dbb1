#include "handle.hpp"

#include <asyncio/error.hpp>
#include <asyncio/postgres/connection.hpp>
#include <asyncio/postgres/notification.hpp>
#include <asyncio/queue.hpp>

#include <utility>

namespace asyncio::postgres {
namespace detail {

/// The notifications that nobody has taken yet.
class Inbox {
public:
    Inbox(std::shared_ptr<Handle> of, std::string name) : handle(std::move(of)), channel(std::move(name)) {}

    std::shared_ptr<Handle> handle;
    std::string channel;
    int listener = 0;
    Queue<Notification> queue;
    bool ended = false;
    std::exception_ptr lost;
};

} // namespace detail

namespace {

using detail::Session;

Coro<int> add(std::shared_ptr<detail::Handle> handle, std::string channel, Session::Listening listening) {
    const std::shared_ptr<Session> session = handle->in_use();
    if (session->listeners[channel].empty())
        co_await Session::script(session, "LISTEN " + detail::quoted(channel));
    listening.id = ++session->last_listener;
    session->listeners[channel].push_back(std::move(listening));
    co_return session->last_listener;
}

Coro<> remove(std::shared_ptr<detail::Handle> handle, std::string channel, int id) {
    if (handle->released || handle->session->is_closed()) co_return;
    const std::shared_ptr<Session> session = handle->in_use();
    const auto found = session->listeners.find(channel);
    if (found == session->listeners.end()) co_return;
    if (std::erase_if(found->second, [&](const auto& each) { return each.id == id; }) == 0) co_return;
    if (!found->second.empty()) co_return;
    session->listeners.erase(found);
    co_await Session::script(session, "UNLISTEN " + detail::quoted(channel));
}

Coro<ListenerId> add_callback(std::shared_ptr<detail::Handle> handle, std::string channel,
                              std::function<void(const Notification&)> callback) {
    co_return ListenerId(co_await add(std::move(handle), std::move(channel),
                                      {.id = 0, .call = std::move(callback), .ended = nullptr}));
}

Coro<Notifications> add_inbox(std::shared_ptr<detail::Handle> handle, std::string channel) {
    const auto inbox = std::make_shared<detail::Inbox>(handle, channel);
    const std::weak_ptr<detail::Inbox> kept = inbox;
    inbox->listener = co_await add(std::move(handle), std::move(channel),
                                   {.id = 0,
                                    .call =
                                        [kept](const Notification& notification) {
                                            const auto alive = kept.lock();
                                            if (alive && !alive->ended) alive->queue.put_nowait(notification);
                                        },
                                    .ended =
                                        [kept](const std::exception_ptr& error) {
                                            const auto alive = kept.lock();
                                            if (!alive) return;
                                            alive->ended = true;
                                            alive->lost = error;
                                            alive->queue.shutdown();
                                        }});
    co_return Notifications(inbox);
}

Coro<std::optional<Notification>> next_in(std::shared_ptr<detail::Inbox> inbox) {
    try {
        co_return co_await inbox->queue.get();
    } catch (const QueueShutDown&) {
        if (inbox->lost) std::rethrow_exception(inbox->lost);
    }
    co_return std::nullopt;
}

Coro<> end_inbox(std::shared_ptr<detail::Inbox> inbox) {
    inbox->ended = true;
    inbox->queue.shutdown();
    co_await remove(inbox->handle, inbox->channel, inbox->listener);
}

} // namespace

Coro<ListenerId> Connection::add_listener(std::string channel,
                                          std::function<void(const Notification&)> callback) {
    return add_callback(handle_, std::move(channel), std::move(callback));
}
Coro<> Connection::remove_listener(std::string channel, ListenerId listener) {
    return remove(handle_, std::move(channel), listener.number());
}
Coro<Notifications> Connection::listen(std::string channel) { return add_inbox(handle_, std::move(channel)); }

Coro<std::optional<Notification>> Notifications::next() { return next_in(inbox_); }
Coro<> Notifications::aclose() { return end_inbox(inbox_); }

} // namespace asyncio::postgres
