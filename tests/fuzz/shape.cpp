#include "shape.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

namespace asyncio::fuzz {
namespace {

constexpr int deepest = 4;
constexpr int most_coros = 5;
constexpr int most_generators = 2;
constexpr std::size_t longest_block = 8;
constexpr std::size_t most_declarations = 20;
// Of the tasks t1 to t9, tN runs the coroutine N modulo the number of coroutines, wherever it is spawned.
constexpr int most_tasks = 9;

const std::set<std::string> suspending{"sleep",
                                       "yield",
                                       "call",
                                       "await",
                                       "gather",
                                       "wait",
                                       "wait_for",
                                       "wait_for_coro",
                                       "as_completed",
                                       "shield",
                                       "timeout",
                                       "group",
                                       "acquire",
                                       "with",
                                       "event_wait",
                                       "condition_wait",
                                       "barrier_wait",
                                       "barrier_abort",
                                       "barrier_reset",
                                       "put",
                                       "get",
                                       "join",
                                       "future_wait",
                                       "eval",
                                       "wait_all",
                                       "as_completed_of",
                                       "await_self",
                                       "group_of",
                                       "deadline",
                                       "reenter",
                                       "condition_wait_for",
                                       "barrier_with",
                                       "generate",
                                       "generator_next",
                                       "generator_close",
                                       "locals",
                                       "scoped",
                                       "hand_over",
                                       "stack",
                                       "enter_group",
                                       "enter_timeout",
                                       "next",
                                       "close",
                                       "closing",
                                       "own_soon",
                                       "own_later",
                                       "own_threadsafe",
                                       "own_keep",
                                       "own_at_once",
                                       "own_raise",
                                       "own_foreign",
                                       "moved_future",
                                       "moved_task",
                                       "moved_lock",
                                       "moved_semaphore",
                                       "moved_condition",
                                       "moved_event",
                                       "moved_barrier",
                                       "moved_queue",
                                       "moved_priority_queue",
                                       "moved_timeout",
                                       "moved_group",
                                       "moved_generator",
                                       "moved_handle",
                                       "uncancel",
                                       "cancel_self",
                                       "cancelling",
                                       "rename",
                                       "return"};

const std::map<std::string, std::vector<std::string>>& words() {
    static const std::map<std::string, std::vector<std::string>> table{
        {"error", {"ValueError", "KeyError", "RuntimeError"}},
        {"when", {"FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"}},
        {"handler",
         {"Exception", "CancelledError", "TimeoutError", "BaseException", "ValueError", "ExceptionGroup"}},
        {"split", {"Scenario", "TimeoutError"}},
        {"in_at", {"in", "at"}},
        {"label", {"m1", "m2", "m3"}}};
    return table;
}

int index_of(const json& name, char prefix) {
    if (!name.is_string()) return -1;
    const std::string& text = name.get_ref<const std::string&>();
    if (text.size() < 2 || text.size() > 3 || text[0] != prefix) return -1;
    if (!std::ranges::all_of(text.substr(1), [](char c) { return c >= '0' && c <= '9'; })) return -1;
    return std::stoi(text.substr(1));
}

bool is_one_of(const std::string& type, const std::string& types) {
    return ("|" + types + "|").find("|" + type + "|") != std::string::npos;
}

bool is_list(const json& value, std::size_t size) { return value.is_array() && value.size() == size; }

const std::map<std::string, std::string>& lists() {
    static const std::map<std::string, std::string> table{
        {"ops", "op"},
        {"actions", "op"},
        {"expressions", "expression"},
        {"all_awaited", "awaited"},
        {"members", "member"},
        {"eager_members", "eager_member"},
        {"handlers", "handler_of"},
        {"declarations", "declaration"},
        {"locks", "Lock|Condition|Semaphore|BoundedSemaphore"},
        {"steps", "step"}};
    return table;
}

const std::map<std::string, std::vector<std::string>>& tuples() {
    static const std::map<std::string, std::vector<std::string>> table{
        {"member", {"task", "coro"}},
        {"eager_member", {"task", "coro", "bool"}},
        {"handler_of", {"handler", "ops"}},
        {"step", {"ops", "int"}},
        {"generator_of", {"steps", "ops"}}};
    return table;
}

} // namespace

std::vector<std::string> Shape::objects_of(const std::string& types) const {
    std::vector<std::string> names;
    for (const auto& [name, type] : objects_)
        if (is_one_of(type, types)) names.push_back(name);
    return names;
}

bool Shape::is_local(const std::string& type, const json& name) const {
    const int index = index_of(name, local_types().at(type).prefix);
    return index >= 0 && (type != "Generator" || index < std::min(generators_, generator_level_));
}

std::string Shape::make_local(const std::string& type) {
    const int most = type == "Generator" ? std::min(generators_, generator_level_) - 1 : 1;
    return local_types().at(type).prefix + std::to_string(number(0, std::max(most, 0)));
}

json Shape::make_declaration(int depth) {
    const auto& [type, local] = pick(local_types());
    if (type == "Generator" && std::min(generators_, generator_level_) < 1) return make_declaration(depth);
    const std::string name = make_local(type);
    if (chance(25))
        return json::array({name, json::array({"Moved", type == "Generator" ? name : make_local(type)})});
    json spec = json::array({type});
    if (type == "Condition" && chance(50)) spec.push_back(make_local("Lock"));
    for (const char* field : local.fields) spec.push_back(make(field, depth));
    if (type == "Generator") spec[1] = "g" + name.substr(1);
    return json::array({name, spec});
}

void Shape::fit_declaration(json& declaration, int depth) {
    const auto remake = [&] { declaration = make_declaration(depth); };
    if (!is_list(declaration, 2) || !declaration.at(1).is_array() || declaration.at(1).empty() ||
        !declaration.at(1).at(0).is_string())
        return remake();
    const json name = declaration.at(0);
    json& spec = declaration.at(1);
    const auto own =
        std::ranges::find_if(local_types(), [&](const auto& entry) { return is_local(entry.first, name); });
    if (own == local_types().end()) return remake();
    const auto& [type, local] = *own;
    if (spec.at(0) == "Moved") {
        if (!is_list(spec, 2) || !is_local(type, spec.at(1)) || (type == "Generator" && spec.at(1) != name))
            remake();
        return;
    }
    if (spec.at(0) != type) return remake();
    const bool of_lock = type == "Condition" && spec.size() > 1 && is_local("Lock", spec.at(1));
    while (spec.size() > local.fields.size() + 1 + (of_lock ? 1 : 0)) spec.erase(spec.size() - 1);
    for (std::size_t i = 0; i < local.fields.size(); ++i) {
        if (spec.size() <= i + 1) spec.push_back(json());
        fit_value(local.fields[i], spec[i + 1], depth);
    }
    if (type == "Generator") spec[1] = "g" + name.get<std::string>().substr(1);
}

void Shape::enter(const json& scenario) {
    objects_.clear();
    for (const auto& [name, spec] : scenario.at("objects").items()) objects_.emplace(name, spec.at(0));
    coros_ = static_cast<int>(scenario.at("coros").size());
    generators_ = static_cast<int>(scenario.at("generators").size());
}

json Shape::scenario() {
    json made = {{"seed", "fuzz"},
                 {"objects", json::object()},
                 {"coros", json::object()},
                 {"generators", json::object()},
                 {"main", json::array()}};
    for (const auto& [type, fields] : object_types()) {
        json spec = json::array({type});
        for (const char* field : fields) spec.push_back(make(field, 0));
        made["objects"]["o" + std::to_string(made["objects"].size())] = spec;
    }
    for (int i = number(1, most_coros); i-- > 0;) made["coros"]["c" + std::to_string(i)] = json::array();
    for (int i = number(0, most_generators); i-- > 0;)
        made["generators"]["g" + std::to_string(i)] = json::array({json::array(), json::array()});
    enter(made);
    for (auto& [name, ops] : made["coros"].items()) {
        level_ = generator_level_ = index_of(name, 'c');
        ops = make("ops", 0);
    }
    for (auto& [name, spec] : made["generators"].items()) {
        level_ = generator_level_ = index_of(name, 'g');
        spec = make("generator_of", 0);
    }
    level_ = generator_level_ = most_coros;
    made["main"] = make_list("op", 2, longest_block, 0);
    return made;
}

json Shape::make_list(const std::string& kind, int least, int most, int depth) {
    json list = json::array();
    for (int i = number(least, most); i-- > 0;) list.push_back(make(kind, depth));
    return list;
}

json Shape::make_op(const std::map<std::string, Fields>& table, int depth) {
    json op;
    do {
        const auto& [name, fields] = pick(table);
        if (sync_ && suspending.contains(name)) continue;
        op = json::array({name});
        for (const char* field : fields) op.push_back(make(field, depth + 1));
    } while (op.is_null());
    return op;
}

json Shape::make(const std::string& kind, int depth) {
    if (kind == "op") return make_op(ops(), depth);
    if (kind == "expression")
        return depth > deepest ? json::array({"sleep", make("delay", depth), make("int", depth)})
                               : make_op(expressions(), depth);
    if (kind == "declaration") return make_declaration(depth);
    if (kind == "actions") {
        const bool outer = std::exchange(sync_, true);
        json list =
            depth > deepest ? json::array({json::array({"log", "m1"})}) : make_list("op", 1, 2, depth + 1);
        sync_ = outer;
        return list;
    }
    if (const auto list = lists().find(kind); list != lists().end())
        return depth > deepest ? json::array() : make_list(list->second, 0, 3, depth + 1);
    if (const auto tuple = tuples().find(kind); tuple != tuples().end()) {
        json made = json::array();
        for (const std::string& field : tuple->second) made.push_back(make(field, depth));
        return made;
    }
    if (const auto word = words().find(kind); word != words().end()) return pick(word->second);
    if (kind == "bool") return chance(50);
    if (kind == "int") return number(0, 99);
    if (kind == "small") return number(1, 3);
    if (kind == "us") return number(1, 60000);
    if (kind == "delay") return chance(70) ? number(1, 60000) : number(-1, 0);
    if (kind.starts_with("maybe_")) return chance(40) ? json() : make(kind.substr(6), depth);
    if (kind == "task" || kind == "any_task") return "t" + std::to_string(number(1, most_tasks));
    if (kind == "awaited") {
        // The task of a coroutine with a lower number; t0 is never spawned.
        for (int tries = 0; tries < 8; ++tries)
            if (const int task = number(1, most_tasks); task % std::max(coros_, 1) < level_)
                return "t" + std::to_string(task);
        return "t0";
    }
    if (kind == "coro") return "c" + std::to_string(number(0, std::max(0, std::min(coros_, level_) - 1)));
    if (kind == "generator")
        return "g" + std::to_string(number(0, std::max(0, std::min(generators_, generator_level_) - 1)));
    if (kind.ends_with("?")) return kind.substr(0, 1) + std::to_string(number(0, 2));
    std::vector<std::string> names = objects_of(kind);
    for (const auto& [type, local] : local_types())
        if (is_one_of(type, kind) && (type != "Generator" || std::min(generators_, generator_level_) > 0))
            names.push_back(make_local(type));
    return names.empty() ? json("missing") : json(pick(names));
}

bool Shape::fits(const std::string& kind, const json& value) {
    const auto between = [&](int least, int most) {
        return value.is_number_integer() && value.get<std::int64_t>() >= least &&
               value.get<std::int64_t>() <= most;
    };
    if (const auto word = words().find(kind); word != words().end())
        return kind == "label"
                   ? value.is_string() && value.get_ref<const std::string&>().size() < 4
                   : value.is_string() && std::ranges::contains(word->second, value.get<std::string>());
    if (kind == "bool") return value.is_boolean();
    if (kind == "int") return between(0, 99);
    if (kind == "small") return between(1, 3);
    if (kind == "us") return between(1, 100000);
    if (kind == "delay") return between(-1000, 100000);
    if (kind.starts_with("maybe_")) return value.is_null() || fits(kind.substr(6), value);
    if (kind == "any_task" && fits("Future", value)) return true;
    if (kind == "task" || kind == "any_task") return index_of(value, 't') >= 1;
    if (kind == "awaited") {
        const int task = index_of(value, 't');
        return task == 0 || (task > 0 && task % std::max(coros_, 1) < level_);
    }
    if (kind == "coro") return index_of(value, 'c') >= 0 && index_of(value, 'c') < std::min(coros_, level_);
    if (kind == "generator")
        return index_of(value, 'g') >= 0 && index_of(value, 'g') < std::min(generators_, generator_level_);
    if (kind.ends_with("?")) return index_of(value, kind[0]) >= 0;
    if (value.is_string() && std::ranges::contains(objects_of(kind), value.get<std::string>())) return true;
    return std::ranges::any_of(local_types(), [&](const auto& entry) {
        return is_one_of(entry.first, kind) && is_local(entry.first, value);
    });
}

void Shape::fit_list(const std::string& kind, json& list, std::size_t most, int depth) {
    if (!list.is_array()) list = json::array();
    if (list.size() > most) list.erase(list.begin() + static_cast<std::ptrdiff_t>(most), list.end());
    if (depth > deepest + 3) list = json::array();
    for (json& each : list) fit_value(kind, each, depth + 1);
}

void Shape::fit_op(const std::map<std::string, Fields>& table, json& op, int depth) {
    const bool has_name = op.is_array() && !op.empty() && op.at(0).is_string();
    const auto found = has_name ? table.find(op.at(0).get<std::string>()) : table.end();
    if (found == table.end() || (sync_ && suspending.contains(found->first))) {
        op = json::array({&table == &ops() ? "log" : "sleep"});
        if (&table == &ops())
            op.push_back(make("label", depth));
        else
            op = json::array({"sleep", make("delay", depth), make("int", depth)});
        return;
    }
    while (op.size() > found->second.size() + 1) op.erase(op.size() - 1);
    for (std::size_t i = 0; i < found->second.size(); ++i) {
        if (op.size() <= i + 1) op.push_back(make(found->second[i], depth));
        fit_value(found->second[i], op[i + 1], depth);
    }
    // A task's name determines the coroutine it runs, and so which coroutines may wait for it.
    for (std::size_t i = 0; i + 1 < found->second.size(); ++i)
        if (found->second[i] == std::string_view("task")) {
            const int task = index_of(op[i + 1], 't');
            if (task % std::max(coros_, 1) >= std::min(coros_, level_))
                op = json::array({"log", "m1"});
            else
                op[i + 2] = "c" + std::to_string(task % coros_);
            break;
        }
    // The name may refer to nothing.
    for (std::size_t i = 0; i < found->second.size() && op.size() > i + 1; ++i)
        if (op[i + 1] == "missing" ||
            (found->second[i] == std::string_view("coro") && std::min(coros_, level_) < 1) ||
            ((found->second[i] == std::string_view("generator") ||
              found->second[i] == std::string_view("Generator")) &&
             std::min(generators_, generator_level_) < 1)) {
            op = &table == &ops() ? json::array({"log", "m1"}) : json::array({"sleep", 0, 1});
            break;
        }
}

void Shape::fit_value(const std::string& kind, json& value, int depth) {
    if (kind == "op") return fit_op(ops(), value, depth);
    if (kind == "declaration") return fit_declaration(value, depth);
    if (kind == "expression") {
        if (depth > deepest + 3) value = json::array({"sleep", 0, 1});
        return fit_op(expressions(), value, depth + 1);
    }
    if (kind == "actions") {
        const bool outer = std::exchange(sync_, true);
        fit_list("op", value, 3, depth);
        sync_ = outer;
        return;
    }
    if (const auto list = lists().find(kind); list != lists().end()) {
        fit_list(list->second, value, kind == "declarations" ? most_declarations : longest_block, depth);
        if (list->second.ends_with("member"))
            std::erase_if(value.get_ref<json::array_t&>(), [&](const json& member) {
                return index_of(member.at(0), 't') % std::max(coros_, 1) >= std::min(coros_, level_);
            });
        return;
    }
    if (const auto tuple = tuples().find(kind); tuple != tuples().end()) {
        if (!is_list(value, tuple->second.size())) value = make(kind, depth);
        for (std::size_t i = 0; i < tuple->second.size(); ++i) fit_value(tuple->second[i], value[i], depth);
        if (tuple->first.ends_with("member"))
            value[1] = "c" + std::to_string(index_of(value[0], 't') % std::max(coros_, 1));
        return;
    }
    if (!fits(kind, value)) value = make(kind, depth);
}

void Shape::fit_members(json& scenario, const char* member, char prefix, int count) {
    json& old = scenario[member];
    json fitted = json::object();
    if (old.is_object())
        for (auto& [name, value] : old.items())
            if (const int index = index_of(name, prefix); index >= 0 && index < count) fitted[name] = value;
    // Without gaps: the number of members determines their names.
    json dense = json::object();
    for (auto& [name, value] : fitted.items()) dense[prefix + std::to_string(dense.size())] = value;
    old = dense;
}

void Shape::fit(json& scenario) {
    if (!scenario.is_object()) scenario = this->scenario();
    scenario["seed"] = "fuzz";
    if (!scenario.contains("objects") || !scenario["objects"].is_object())
        scenario["objects"] = json::object();
    json objects = json::object();
    for (auto& [name, spec] : scenario["objects"].items()) {
        if (!spec.is_array() || spec.empty() || !spec.at(0).is_string() || objects.size() > 20) continue;
        const auto type = object_types().find(spec.at(0).get<std::string>());
        if (type == object_types().end() || name.size() > 3 || index_of(name, 't') >= 0) continue;
        if (std::ranges::any_of(local_types(), [&](const auto& local) {
                return index_of(name, local.second.prefix) >= 0 && local.first != type->first;
            }))
            continue;
        json fitted = json::array({type->first});
        for (std::size_t i = 0; i < type->second.size(); ++i) {
            fitted.push_back(spec.size() > i + 1 ? spec.at(i + 1) : json());
            fit_value(type->second[i], fitted.back(), 0);
        }
        objects[name] = fitted;
    }
    scenario["objects"] = objects;
    fit_members(scenario, "coros", 'c', most_coros);
    fit_members(scenario, "generators", 'g', most_generators);
    enter(scenario);
    for (auto& [name, ops] : scenario["coros"].items()) {
        level_ = generator_level_ = index_of(name, 'c');
        fit_list("op", ops, longest_block, 0);
    }
    for (auto& [name, spec] : scenario["generators"].items()) {
        level_ = generator_level_ = index_of(name, 'g');
        fit_value("generator_of", spec, 0);
    }
    level_ = generator_level_ = most_coros;
    fit_list("op", scenario["main"], longest_block * 2, 0);
    for (auto member = scenario.begin(); member != scenario.end();)
        member =
            std::set<std::string>{"seed", "objects", "coros", "generators", "main"}.contains(member.key())
                ? std::next(member)
                : scenario.erase(member);
}

std::vector<json*> Shape::blocks(json& value) {
    std::vector<json*> found;
    if (value.is_array() && (value.empty() || value.at(0).is_array())) found.push_back(&value);
    if (value.is_structured())
        for (json& part : value)
            for (json* block : blocks(part)) found.push_back(block);
    return found;
}

void Shape::mutate(json& scenario) {
    fit(scenario);
    level_ = generator_level_ = most_coros;
    json* block = pick(blocks(scenario));
    const auto place = [&] { return block->begin() + number(0, static_cast<int>(block->size())); };
    if (block->empty() || chance(35)) {
        block->insert(place(), make("op", 1));
    } else if (chance(30)) {
        block->erase(static_cast<std::size_t>(number(0, static_cast<int>(block->size()) - 1)));
    } else if (chance(30)) {
        const json from = *pick(blocks(scenario));
        if (!from.empty()) block->insert(place(), pick(from));
    } else {
        json* leaf = &(*block)[static_cast<std::size_t>(number(0, static_cast<int>(block->size()) - 1))];
        while (leaf->is_structured() && !leaf->empty())
            leaf = &(*leaf)[static_cast<std::size_t>(number(0, static_cast<int>(leaf->size()) - 1))];
        *leaf = leaf->is_number() && chance(50) ? json(number(-1, 5)) : json(); // fit() makes a new one
    }
    fit(scenario);
}

void Shape::cross(json& scenario, const json& other) {
    fit(scenario);
    json mate = other;
    fit(mate);
    json* block = pick(blocks(scenario));
    for (const json& op : *pick(blocks(mate))) block->push_back(op);
    fit(scenario);
}

} // namespace asyncio::fuzz
