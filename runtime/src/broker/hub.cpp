#include "hub.hpp"

#include "glob.hpp"

#include <algorithm>
#include <utility>

namespace asyncio::broker {

std::size_t Hub::publish(const std::string& channel, const std::string& data) {
    // A subscriber that is too slow leaves meanwhile: the lists are copies.
    std::vector<Subscriber*> direct;
    if (const auto found = channels_.find(channel); found != channels_.end()) direct = found->second;
    std::vector<std::pair<std::string, Subscriber*>> by_pattern;
    for (const auto& each : patterns_)
        if (matches(each.first, channel)) by_pattern.push_back(each);
    for (Subscriber* const subscriber : direct)
        subscriber->deliver({.type = "message", .channel = channel, .data = data});
    for (const auto& [pattern, subscriber] : by_pattern)
        subscriber->deliver({.type = "pmessage", .pattern = pattern, .channel = channel, .data = data});
    return direct.size() + by_pattern.size();
}

void Hub::add(const std::string& channel, Subscriber& subscriber) {
    channels_[channel].push_back(&subscriber);
}

void Hub::remove(const std::string& channel, Subscriber& subscriber) {
    const auto found = channels_.find(channel);
    if (found == channels_.end()) return;
    std::erase(found->second, &subscriber);
    if (found->second.empty()) channels_.erase(found);
}

void Hub::add_pattern(const std::string& pattern, Subscriber& subscriber) {
    patterns_.emplace_back(pattern, &subscriber);
}

void Hub::remove_pattern(const std::string& pattern, Subscriber& subscriber) {
    std::erase(patterns_, std::pair(pattern, &subscriber));
}

std::vector<std::string> Hub::channels(std::string_view pattern) const {
    std::vector<std::string> names;
    for (const auto& [name, subscribers] : channels_)
        if (matches(pattern, name)) names.push_back(name);
    return names;
}

std::size_t Hub::subscribers(const std::string& channel) const {
    const auto found = channels_.find(channel);
    return found == channels_.end() ? 0 : found->second.size();
}

} // namespace asyncio::broker
