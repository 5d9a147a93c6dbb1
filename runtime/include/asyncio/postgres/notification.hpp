#pragma once

#include <asyncio/coro.hpp>

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace asyncio::postgres {
namespace detail {
class Inbox;
} // namespace detail

/// What NOTIFY sent.
struct Notification {
    /// The server's process of the connection that sent it.
    std::int32_t pid = 0;
    std::string channel = {};
    std::string payload = {};
};

/// Identifies a callback of Connection::add_listener(), for remove_listener().
class ListenerId {
public:
    ListenerId() = default;
    /// For the library.
    explicit ListenerId(int number) noexcept : number_(number) {}
    int number() const noexcept { return number_; }

private:
    int number_ = 0;
};

/// The notifications of a channel, from Connection::listen(): `while (auto note = co_await notes.next())`. Copies
/// share it.
class Notifications {
public:
    /// Suspends until there is one; nullopt once the connection is closed, or after aclose(). Raises the error that
    /// broke the connection. If cancelled, none is lost.
    Coro<std::optional<Notification>> next();
    /// Ends it; the last one of a channel sends UNLISTEN.
    Coro<> aclose();

    void aenter() const noexcept {}
    Coro<> aexit(const std::exception_ptr&) { return aclose(); }

    /// For the library.
    explicit Notifications(std::shared_ptr<detail::Inbox> inbox) : inbox_(std::move(inbox)) {}

private:
    std::shared_ptr<detail::Inbox> inbox_;
};

} // namespace asyncio::postgres
