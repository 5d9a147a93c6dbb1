#pragma once

namespace asyncio::precompiled {

template <class T> static void use_sequence(const T& value) {
    std::vector<T> values{value};
    values.push_back(value);
    values.push_back(T(value));
    values.emplace_back(value);
    values.reserve(8);
    values.resize(3);
    values.pop_back();
    values.erase(values.begin());
    std::vector<T> copy = values;
    copy = std::move(values);
    std::ranges::sort(copy);
    std::sort(copy.begin(), copy.end());
    std::optional<T> maybe = value;
    maybe = copy.front();
    static_cast<void>(maybe.value());
}

template <class Map, class Key, class Value> static void use_map(const Key& key, const Value& value) {
    Map map{{key, value}};
    map[key] = value;
    map.emplace(key, value);
    map.insert({key, value});
    if (auto found = map.find(key); found != map.end()) map.erase(found);
    for (const auto& [each_key, each_value] : map) static_cast<void>(map.contains(each_key));
    static_cast<void>(map.at(key));
}

[[maybe_unused]] static void use_containers(const std::string& text) {
    use_sequence(1);
    use_sequence(1.0);
    use_sequence(text);
    use_map<std::map<std::string, int>>(text, 1);
    use_map<std::map<int, std::string>>(1, text);
    use_map<std::unordered_map<std::string, int>>(text, 1);
    std::set<int> unique{1};
    unique.insert(2);
    std::deque<int> line{1};
    line.push_back(2);
    line.pop_front();
    std::function<void()> action = [] {};
    action();
    static_cast<void>(std::make_unique<int>(1));
    static_cast<void>(std::make_shared<int>(1));
}

} // namespace asyncio::precompiled
