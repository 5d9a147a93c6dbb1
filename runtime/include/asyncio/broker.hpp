#pragma once

/// Publish and subscribe inside a program, after redis-py's asyncio interface: link asyncio::broker.

#include <asyncio/async_generator.hpp>
#include <asyncio/coro.hpp>
#include <asyncio/detail/shared.hpp>
#include <asyncio/duration.hpp>
#include <asyncio/error.hpp>

#include <concepts>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <format>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace asyncio::broker {

/// What a subscriber receives: redis-py's dictionary.
struct Message {
    /// "message", or "pmessage" if a pattern matched; "subscribe", "unsubscribe", "psubscribe", "punsubscribe" confirm.
    std::string type = {};
    /// Of a "pmessage".
    std::optional<std::string> pattern = {};
    /// Of a confirmation: the channel or the pattern.
    std::string channel = {};
    /// Bytes, as they were published.
    std::string data = {};
    /// Of a confirmation: how many channels and patterns the subscriber now has.
    std::size_t subscriptions = 0;

    bool is_confirmation() const { return type != "message" && type != "pmessage"; }
    /// As Python prints the dictionary: "{'type': 'message', 'pattern': None, 'channel': 'news', 'data': 'hello'}".
    std::string repr() const;
    bool operator==(const Message&) const = default;
};

/// A subscriber with Overflow::raise had more unread messages than its limit, and is no longer subscribed.
class SlowSubscriberError : public ConnectionError {
    using ConnectionError::ConnectionError;
};

/// What becomes of a message for a subscriber that has its limit of unread ones.
enum class Overflow : std::uint8_t {
    /// The oldest unread message is dropped. PubSub::dropped() counts them.
    drop_oldest,
    /// The message is dropped and the subscriber unsubscribed from everything, as Redis disconnects a client that is too
    /// slow. Once it has read the others, it raises SlowSubscriberError.
    raise,
};

struct PubSubOptions {
    /// Whether confirmations are not received.
    bool ignore_subscribe_messages = false;
    /// How many messages may be unread; confirmations do not count. 0: no limit.
    std::size_t limit = 1024; // NOLINT(*-magic-numbers): a default
    Overflow overflow = Overflow::drop_oldest;
};

struct GetMessageOptions {
    bool ignore_subscribe_messages = false;
    /// How long to wait for a message; std::nullopt: without limit.
    MaybeDelay timeout = Delay(0);
};

/// A subscriber. Copies share it. Destroying the last copy unsubscribes, as does leaving it as a context manager.
///
/// Its messages are in the order in which they were published. Each subscription gives one: a channel and a pattern that
/// both match give two.
class PubSub {
public:
    /// Receives what is published from now on. A channel that it has already is confirmed again. These four do not suspend.
    template <std::convertible_to<std::string>... Names> Coro<> subscribe(Names... channels) {
        static_assert(sizeof...(channels) > 0, "name at least one channel: pubsub.subscribe(\"news\")");
        return change(Change::subscribe, {std::string(std::move(channels))...});
    }
    Coro<> subscribe(std::vector<std::string> channels) {
        return change(Change::subscribe, std::move(channels));
    }
    /// Channels by Redis's patterns: `*` is any text, `?` a byte, `[abc]`, `[a-z]`, `[^a]` one of some; `\` takes the next
    /// byte as it is.
    template <std::convertible_to<std::string>... Names> Coro<> psubscribe(Names... patterns) {
        static_assert(sizeof...(patterns) > 0, "name at least one pattern: pubsub.psubscribe(\"news.*\")");
        return change(Change::psubscribe, {std::string(std::move(patterns))...});
    }
    Coro<> psubscribe(std::vector<std::string> patterns) {
        return change(Change::psubscribe, std::move(patterns));
    }
    /// Without names, from all channels. Messages that have arrived stay.
    template <std::convertible_to<std::string>... Names> Coro<> unsubscribe(Names... channels) {
        return change(Change::unsubscribe, {std::string(std::move(channels))...});
    }
    template <std::convertible_to<std::string>... Names> Coro<> punsubscribe(Names... patterns) {
        return change(Change::punsubscribe, {std::string(std::move(patterns))...});
    }

    /// `auto messages = pubsub.listen(); while (auto message = co_await messages.next())`: ends once it is subscribed to
    /// nothing and all was read. next() suspends until a message is published; a cancel is raised there, and no message is
    /// lost. Raises SlowSubscriberError.
    AsyncGenerator<Message> listen() { return listen_to(state_); }
    /// The next message. Suspends until there is one, for at most the timeout: then nullopt. A cancel is raised there, and
    /// no message is lost. Waits also while it is subscribed to nothing. Raises SlowSubscriberError.
    Coro<std::optional<Message>> get_message(GetMessageOptions options = {}) {
        return message_of(state_, options);
    }

    bool subscribed() const;
    std::vector<std::string> channels() const;
    std::vector<std::string> patterns() const;
    /// How many messages are unread, and how many were dropped.
    std::size_t unread() const;
    std::size_t dropped() const;

    /// Unsubscribes from everything and drops what is unread. It can be used again.
    Coro<> aclose();

    void aenter() const noexcept {}
    Coro<> aexit(const std::exception_ptr&) { return aclose(); }

    /// For the library.
    struct State;
    explicit PubSub(std::shared_ptr<State> state) : state_(std::move(state)) {}

private:
    enum class Change : std::uint8_t { subscribe, psubscribe, unsubscribe, punsubscribe };
    Coro<> change(Change change, std::vector<std::string> names);
    static Coro<> change_of(std::shared_ptr<State> state, Change change, std::vector<std::string> names);
    static AsyncGenerator<Message> listen_to(std::shared_ptr<State> state);
    static Coro<std::optional<Message>> message_of(std::shared_ptr<State> state, GetMessageOptions options);
    static Coro<> close_of(std::shared_ptr<State> state);

    detail::Checked<std::shared_ptr<State>> state_;
};

/// A broker. Copies share it. Messages are kept nowhere but with subscribers: one without subscribers is lost.
class Broker {
public:
    /// Delivers to all subscribers of the channel and of patterns that match it; returns to how many. Then gives other
    /// tasks a turn, so that a loop that publishes does not run ahead of those that listen. A cancel is raised there; the
    /// message has been delivered. It does not wait for slow subscribers: see Overflow.
    Coro<std::size_t> publish(std::string channel, std::string data);
    PubSub pubsub(PubSubOptions options = {}) const;

    /// The channels with subscribers, other than by patterns, that match a pattern.
    Coro<std::vector<std::string>> pubsub_channels(std::string pattern = "*") const {
        return channels_of(state_, std::move(pattern));
    }
    /// How many subscribers each channel has, without those by patterns.
    Coro<std::vector<std::pair<std::string, std::size_t>>>
    pubsub_numsub(std::vector<std::string> channels) const {
        return counts_of(state_, std::move(channels));
    }
    /// How many subscriptions by patterns there are.
    Coro<std::size_t> pubsub_numpat() const { return patterns_of(state_); }

    /// PubSub::aclose() for each subscriber of this handle and its copies.
    Coro<> aclose();

    void aenter() const noexcept {}
    Coro<> aexit(const std::exception_ptr&) { return aclose(); }

    /// For the library.
    struct State;
    explicit Broker(std::shared_ptr<State> state) : state_(std::move(state)) {}

private:
    struct Ready;

public:
    /// `auto r = co_await broker::connect("name");` is the same as without co_await.
    Ready operator co_await() const;

private:
    static Coro<std::size_t> publish_to(std::shared_ptr<State> state, std::string channel, std::string data);
    static Coro<std::vector<std::string>> channels_of(std::shared_ptr<State> state, std::string pattern);
    static Coro<std::vector<std::pair<std::string, std::size_t>>>
    counts_of(std::shared_ptr<State> state, std::vector<std::string> channels);
    static Coro<std::size_t> patterns_of(std::shared_ptr<State> state);
    static Coro<> close_of(std::shared_ptr<State> state);

    detail::Checked<std::shared_ptr<State>> state_;
};

struct Broker::Ready {
    Broker broker;
    static bool await_ready() noexcept { return true; }
    static void await_suspend(std::coroutine_handle<>) noexcept {}
    Broker await_resume() { return std::move(broker); }
};

inline Broker::Ready Broker::operator co_await() const { return {*this}; }

/// The broker of that name. All that connect to it in this thread reach each other; it exists while one of them does.
Broker connect(const std::string& name = "");

} // namespace asyncio::broker

template <> struct std::formatter<asyncio::broker::Message> : std::formatter<std::string_view> {
    auto format(const asyncio::broker::Message& message, std::format_context& context) const {
        return std::formatter<std::string_view>::format(message.repr(), context);
    }
};
