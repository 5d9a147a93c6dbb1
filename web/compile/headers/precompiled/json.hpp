#pragma once

namespace asyncio::precompiled {

[[maybe_unused]] static void use_json(const std::string& text, int number, double real, bool truth) {
    Json object = {{"text", "literal"},  {"name", text},       {"number", number},
                   {"real", real},       {"truth", truth},     {"list", {number, 2, 3}},
                   {"nothing", nullptr}, {"inner", {{"a", 1}}}};
    object["key"] = number;
    object["text"] = text;
    object["literal"] = "literal";
    Json list = Json::array();
    list.push_back(number);
    list.push_back(object);
    for (const auto& [key, value] : object.items()) static_cast<void>(key + value.dump());
    for (const Json& each : list) static_cast<void>(each.is_object());
    static_cast<void>(object.at("number").get<int>());
    static_cast<void>(object["real"].get<double>());
    static_cast<void>(object["name"].get<std::string>());
    static_cast<void>(object.contains("name"));
    static_cast<void>(object.value("name", text));
    static_cast<void>(Json::parse(text).dump(2));
    static_cast<void>(Json::parse("{}"));
    use_print(object);
    use_print(object["name"]);
}

} // namespace asyncio::precompiled
