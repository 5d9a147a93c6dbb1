#include "hub.hpp"

#include <asyncio/sleep.hpp>

#include <map>
#include <utility>

namespace asyncio::broker {

Coro<std::size_t> Broker::publish_to(std::shared_ptr<State> state, std::string channel, std::string data) {
    const std::size_t receivers = state->hub->publish(channel, data);
    co_await sleep(0);
    co_return receivers;
}

Coro<std::size_t> Broker::publish(std::string channel, std::string data) {
    return publish_to(state_, std::move(channel), std::move(data));
}

PubSub Broker::pubsub(PubSubOptions options) const {
    auto subscriber = std::make_shared<PubSub::State>(state_->hub, options);
    std::erase_if(state_->subscribers, [](const auto& each) { return each.expired(); });
    state_->subscribers.push_back(subscriber);
    return PubSub(std::move(subscriber));
}

Coro<std::vector<std::string>> Broker::channels_of(std::shared_ptr<State> state, std::string pattern) {
    co_return state->hub->channels(pattern);
}

Coro<std::vector<std::pair<std::string, std::size_t>>> Broker::counts_of(std::shared_ptr<State> state,
                                                                         std::vector<std::string> channels) {
    std::vector<std::pair<std::string, std::size_t>> counts;
    for (std::string& channel : channels) {
        const std::size_t count = state->hub->subscribers(channel);
        counts.emplace_back(std::move(channel), count);
    }
    co_return counts;
}

Coro<std::size_t> Broker::patterns_of(std::shared_ptr<State> state) { co_return state->hub->patterns(); }

Coro<> Broker::close_of(std::shared_ptr<State> state) {
    for (const std::weak_ptr<PubSub::State>& each : std::exchange(state->subscribers, {}))
        if (std::shared_ptr<PubSub::State> subscriber = each.lock())
            co_await PubSub(std::move(subscriber)).aclose();
}

Coro<> Broker::aclose() { return close_of(state_); }

Broker connect(const std::string& name) {
    thread_local std::map<std::string, std::weak_ptr<Hub>> hubs;
    std::erase_if(hubs, [](const auto& each) { return each.second.expired(); });
    std::shared_ptr<Hub> hub = hubs[name].lock();
    if (!hub) hubs[name] = hub = std::make_shared<Hub>();
    return Broker(std::make_shared<Broker::State>(Broker::State{.hub = std::move(hub)}));
}

} // namespace asyncio::broker
