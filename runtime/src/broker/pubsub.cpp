#include "hub.hpp"

#include <asyncio/repr.hpp>
#include <asyncio/sleep.hpp>
#include <asyncio/wait_for.hpp>

#include <algorithm>
#include <format>
#include <utility>

namespace asyncio::broker {

std::string Message::repr() const {
    return std::format("{{'type': {}, 'pattern': {}, 'channel': {}, 'data': {}}}", asyncio::repr(type),
                       pattern ? asyncio::repr(*pattern) : "None", asyncio::repr(channel),
                       is_confirmation() ? std::to_string(subscriptions) : asyncio::repr(data));
}

void PubSub::State::deliver(Message message) {
    if (options.limit > 0 && unread >= options.limit) {
        ++dropped;
        if (options.overflow == Overflow::raise) {
            leave_all();
            too_slow = true;
            return update();
        }
        inbox.erase(std::ranges::find_if_not(inbox, &Message::is_confirmation));
        --unread;
    }
    inbox.push_back(std::move(message));
    ++unread;
    update();
}

void PubSub::State::confirm(std::string_view type, const std::string& name) {
    if (options.ignore_subscribe_messages) return;
    inbox.push_back({.type = std::string(type), .channel = name, .subscriptions = subscriptions()});
    update();
}

void PubSub::State::apply(Change change, const std::vector<std::string>& names) {
    for (const std::string& name : names) {
        switch (change) {
        case Change::subscribe:
            if (!std::ranges::contains(channels, name)) {
                channels.push_back(name);
                hub->add(name, *this);
            }
            confirm("subscribe", name);
            break;
        case Change::psubscribe:
            if (!std::ranges::contains(patterns, name)) {
                patterns.push_back(name);
                hub->add_pattern(name, *this);
            }
            confirm("psubscribe", name);
            break;
        case Change::unsubscribe:
            std::erase(channels, name);
            hub->remove(name, *this);
            confirm("unsubscribe", name);
            break;
        case Change::punsubscribe:
            std::erase(patterns, name);
            hub->remove_pattern(name, *this);
            confirm("punsubscribe", name);
            break;
        }
    }
    // A listen() that waits has to see that there is nothing left to wait for.
    if (subscriptions() == 0) changed.set();
}

void PubSub::State::leave_all() {
    for (const std::string& channel : channels) hub->remove(channel, *this);
    for (const std::string& pattern : patterns) hub->remove_pattern(pattern, *this);
    channels.clear();
    patterns.clear();
}

std::optional<Message> PubSub::State::take(bool ignore_confirmations) {
    while (!inbox.empty()) {
        Message message = std::move(inbox.front());
        inbox.pop_front();
        const bool is_confirmation = message.is_confirmation();
        if (!is_confirmation) --unread;
        update();
        if (!is_confirmation || !ignore_confirmations) return message;
    }
    if (std::exchange(too_slow, false)) {
        update();
        throw SlowSubscriberError(std::format(
            "this subscriber had {} unread messages, its limit, and was unsubscribed: read faster, or raise "
            "PubSubOptions::limit",
            options.limit));
    }
    update();
    return std::nullopt;
}

Coro<> PubSub::change(Change change, std::vector<std::string> names) {
    return change_of(state_, change, std::move(names));
}

Coro<> PubSub::change_of(std::shared_ptr<State> state, Change change, std::vector<std::string> names) {
    const bool leaves = change == Change::unsubscribe || change == Change::punsubscribe;
    if (leaves && names.empty()) {
        names = change == Change::unsubscribe ? state->channels : state->patterns;
        // As Redis, which confirms that there was nothing.
        if (names.empty()) state->confirm(change == Change::unsubscribe ? "unsubscribe" : "punsubscribe", "");
    }
    state->apply(change, names);
    co_return;
}

AsyncGenerator<Message> PubSub::listen_to(std::shared_ptr<State> state) {
    for (;;) {
        if (std::optional<Message> message = state->take(false)) {
            co_yield *std::move(message);
        } else {
            if (state->subscriptions() == 0) co_return;
            co_await state->changed.wait();
        }
    }
}

namespace {

/// Suspends until there is a message for the caller.
Coro<Message> next_of(std::shared_ptr<PubSub::State> state, bool ignore_confirmations) {
    for (;;) {
        if (std::optional<Message> message = state->take(ignore_confirmations)) co_return *std::move(message);
        co_await state->changed.wait();
    }
}

} // namespace

Coro<std::optional<Message>> PubSub::message_of(std::shared_ptr<State> state, GetMessageOptions options) {
    if (std::optional<Message> message = state->take(options.ignore_subscribe_messages)) co_return message;
    if (options.timeout && options.timeout->seconds() <= 0) {
        // A loop of such calls must let others publish.
        co_await sleep(0);
        co_return state->take(options.ignore_subscribe_messages);
    }
    try {
        co_return co_await wait_for(next_of(state, options.ignore_subscribe_messages), options.timeout);
    } catch (const TimeoutError&) {
        co_return std::nullopt;
    }
}

bool PubSub::subscribed() const { return state_->subscriptions() > 0; }
std::vector<std::string> PubSub::channels() const { return state_->channels; }
std::vector<std::string> PubSub::patterns() const { return state_->patterns; }
std::size_t PubSub::unread() const { return state_->unread; }
std::size_t PubSub::dropped() const { return state_->dropped; }

Coro<> PubSub::close_of(std::shared_ptr<State> state) {
    state->leave_all();
    state->inbox.clear();
    state->unread = 0;
    state->too_slow = false;
    state->changed.set();
    co_return;
}

Coro<> PubSub::aclose() { return close_of(state_); }

} // namespace asyncio::broker
