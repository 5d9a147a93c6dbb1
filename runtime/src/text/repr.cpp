#include <asyncio/await_graph.hpp>
#include <asyncio/detail/demangle.hpp>
#include <asyncio/detail/place.hpp>
#include <asyncio/detail/repr.hpp>
#include <asyncio/detail/task_base.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <typeinfo> // IWYU pragma: keep

namespace asyncio::detail {
namespace {

std::string repr(const TaskBase& task) {
    const bool cancelling = !task.done() && task.cancelling() > 0;
    const std::source_location where = task.where();
    std::string text = std::string("<Task ") + (cancelling ? "cancelling" : to_string(task.state())) +
                       " name='" + task.name() + "' coro=<" + function_of(where) + "() " +
                       (task.done() ? "done, last at " : "running at ") + place_of(where) + ">";
    if (FutureBase* awaited = task.waits_for())
        text += " wait_for=<" + awaited->awaited_thing().describe() + ">";
    return text + ">";
}

/// The first argument of the template `name` in a demangled type; empty if the template does not occur.
std::string_view first_argument(std::string_view type, std::string_view name) {
    const std::size_t found = type.find(name);
    if (found == std::string_view::npos) return {};
    const std::string_view arguments = type.substr(found + name.size());
    int depth = 0;
    for (std::size_t at = 0; at < arguments.size(); ++at) {
        const char c = arguments[at];
        if (depth == 0 && (c == ',' || c == '>')) return arguments.substr(0, at);
        if (c == '<' || c == '(') ++depth;
        if (c == '>' || c == ')') --depth;
    }
    return {};
}

} // namespace

std::string repr(FutureBase& future) {
    if (const TaskBase* task = future.as_task()) return repr(*task);
    return std::string("<Future ") + to_string(future.state()) + ">";
}

std::string repr(const HandleBase& handle) {
    std::string type = demangled(typeid(handle));
    constexpr std::string_view anonymous = "(anonymous namespace)::";
    for (std::size_t at = type.find(anonymous); at != std::string::npos; at = type.find(anonymous, at))
        type.erase(at, anonymous.size());
    const std::string_view function = first_argument(type, "make_handle<");
    if (function.empty()) return "<Handle of a callback>";
    // A lambda is "main()::$_0", or "main()::'lambda'(int)".
    const std::size_t lambda = std::min(function.find("::$_"), function.find("::'lambda"));
    if (lambda == std::string_view::npos) return "<Handle " + std::string(function) + ">";
    return "<Handle a lambda in " + std::string(function.substr(0, lambda)) + ">";
}

} // namespace asyncio::detail
