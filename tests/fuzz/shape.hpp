#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace asyncio::fuzz {

using nlohmann::json;

/// Generates scenarios, and turns any JSON into one: parts that do not fit the format are replaced at random.
///
/// As in Python's generators nothing waits for itself: a coroutine uses only those of a lower number, and
/// waits only for tasks that run such ones. Local generators go by the number of what they run.
class Shape {
public:
    explicit Shape(std::uint32_t seed) : random_(seed) {}

    json scenario();
    /// Raises nothing, whatever `scenario` is.
    void fit(json& scenario);
    /// Changes `scenario` at one random place.
    void mutate(json& scenario);
    /// Puts a random part of `other` into `scenario`.
    void cross(json& scenario, const json& other);

private:
    using Fields = std::vector<const char*>;
    static const std::map<std::string, Fields>& ops();
    static const std::map<std::string, Fields>& expressions();
    static const std::map<std::string, Fields>& object_types();
    struct LocalType {
        char prefix;
        Fields fields;
    };
    static const std::map<std::string, LocalType>& local_types();

    int number(int least, int most) { return std::uniform_int_distribution(least, most)(random_); }
    bool chance(int percent) { return number(1, 100) <= percent; }
    template <class C> const auto& pick(const C& from) {
        return *std::next(from.begin(), number(0, static_cast<int>(from.size()) - 1));
    }

    void enter(const json& scenario);
    json make(const std::string& kind, int depth);
    json make_op(const std::map<std::string, Fields>& table, int depth);
    json make_declaration(int depth);
    void fit_declaration(json& declaration, int depth);
    bool is_local(const std::string& type, const json& name) const;
    std::string make_local(const std::string& type);
    json make_list(const std::string& kind, int least, int most, int depth);
    bool fits(const std::string& kind, const json& value);
    void fit_value(const std::string& kind, json& value, int depth);
    void fit_op(const std::map<std::string, Fields>& table, json& op, int depth);
    void fit_list(const std::string& kind, json& list, std::size_t most, int depth);
    void fit_members(json& scenario, const char* member, char prefix, int count);

    std::vector<std::string> objects_of(const std::string& types) const;
    std::vector<json*> blocks(json& value);

    std::mt19937 random_;
    // State of the current scenario.
    std::map<std::string, std::string> objects_; // name to type
    int coros_ = 0;
    int generators_ = 0;
    int level_ = 0;           // of the current coroutine
    int generator_level_ = 0; // the generators below it may be used
    bool sync_ = false;       // in a callback: nothing that suspends
};

} // namespace asyncio::fuzz
