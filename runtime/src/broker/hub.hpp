#pragma once

#include <asyncio/broker.hpp>
#include <asyncio/event.hpp>

#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace asyncio::broker {

/// Who is subscribed to what, of one broker.
class Hub {
public:
    using Subscriber = PubSub::State;

    std::size_t publish(const std::string& channel, const std::string& data);

    void add(const std::string& channel, Subscriber& subscriber);
    void remove(const std::string& channel, Subscriber& subscriber);
    void add_pattern(const std::string& pattern, Subscriber& subscriber);
    void remove_pattern(const std::string& pattern, Subscriber& subscriber);

    std::vector<std::string> channels(std::string_view pattern) const;
    std::size_t subscribers(const std::string& channel) const;
    std::size_t patterns() const { return patterns_.size(); }

private:
    /// In the order of their subscriptions.
    std::map<std::string, std::vector<Subscriber*>, std::less<>> channels_;
    std::vector<std::pair<std::string, Subscriber*>> patterns_;
};

struct PubSub::State {
    State(std::shared_ptr<Hub> of, PubSubOptions wanted) : hub(std::move(of)), options(wanted) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { leave_all(); }

    std::size_t subscriptions() const { return channels.size() + patterns.size(); }
    /// Takes a message, or does with it what Overflow says.
    void deliver(Message message);
    void confirm(std::string_view type, const std::string& name);
    void apply(Change change, const std::vector<std::string>& names);
    void leave_all();
    /// The next message, if there is one; raises SlowSubscriberError after the last.
    std::optional<Message> take(bool ignore_confirmations);

    std::shared_ptr<Hub> hub;
    PubSubOptions options;
    std::vector<std::string> channels = {};
    std::vector<std::string> patterns = {};
    std::deque<Message> inbox = {};
    /// Of the messages in the inbox, those that are no confirmations.
    std::size_t unread = 0;
    std::size_t dropped = 0;
    bool too_slow = false;
    /// Set while there is something to see: a message, an error, or the end of the last subscription.
    Event changed = {};

private:
    void update() {
        if (inbox.empty() && !too_slow)
            changed.clear();
        else
            changed.set();
    }
};

struct Broker::State {
    std::shared_ptr<Hub> hub;
    /// Those that this handle and its copies made.
    std::vector<std::weak_ptr<PubSub::State>> subscribers = {};
};

} // namespace asyncio::broker
