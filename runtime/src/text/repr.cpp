#include <asyncio/await_graph.hpp>
#include <asyncio/detail/demangle.hpp>
#include <asyncio/detail/place.hpp>
#include <asyncio/detail/repr.hpp>
#include <asyncio/detail/task_base.hpp>
#include <asyncio/exception_group.hpp>
#include <asyncio/repr.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <exception>
#include <format>
#include <string>
#include <string_view>
#include <typeinfo>

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

std::string repr_of_text(std::string_view text) {
    const char quote = text.contains('\'') && !text.contains('"') ? '"' : '\'';
    std::string quoted(1, quote);
    for (const char c : text) {
        if (c == quote || c == '\\')
            quoted.append({'\\', c});
        else if (c == '\n')
            quoted += "\\n";
        else if (c == '\r')
            quoted += "\\r";
        else if (c == '\t')
            quoted += "\\t";
        else if (const auto byte = static_cast<unsigned char>(c); byte < ' ' || byte == '\x7f')
            quoted += std::format("\\x{:02x}", byte);
        else
            quoted += c;
    }
    return quoted + quote;
}

std::string repr_of_number(double number) {
    if (!std::isfinite(number)) return std::format("{}", number);
    // Python's choice between the two forms.
    constexpr double least_fixed = 1e-4;
    constexpr double least_with_exponent = 1e16;
    const double size = std::abs(number);
    std::array<char, 32> digits{};
    const bool fixed = size == 0 || (size >= least_fixed && size < least_with_exponent);
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number,
                                   fixed ? std::chars_format::fixed : std::chars_format::scientific)
                         .ptr;
    std::string text(digits.data(), end);
    return fixed && !text.contains('.') ? text + ".0" : text;
}

std::string repr_of_exception(const std::exception& exception) {
    const std::string type = name_of(typeid(exception));
    if (const auto* group = dynamic_cast<const ExceptionGroup*>(&exception))
        return std::format("{}({}, {})", type, repr_of_text(group->message()),
                           asyncio::repr(group->exceptions()));
    const std::string_view said = exception.what();
    return type + "(" + (said.empty() ? "" : repr_of_text(said)) + ")";
}

std::string repr_of_error(const std::exception_ptr& error) {
    if (!error) return "None";
    try {
        std::rethrow_exception(error);
    } catch (const std::exception& exception) {
        return repr_of_exception(exception);
    } catch (...) {
        const std::string said = message(error);
        return type_name(error) + "(" + (said.empty() ? "" : repr_of_text(said)) + ")";
    }
}

std::string repr_of_coroutine(const PromiseBase* coroutine) {
    if (coroutine == nullptr) return "<coroutine object, awaited>";
    return "<coroutine object " + function_of(coroutine->where()) + ">";
}

std::string repr_of_loop(const EventLoop& loop) {
    return std::format("<EventLoop running={} closed={} debug={}>", asyncio::repr(loop.is_running()),
                       asyncio::repr(loop.is_closed()), asyncio::repr(loop.get_debug()));
}

std::string repr_of_future(FutureBase& future, const std::string& result) {
    std::string text = repr(future);
    text.pop_back();
    if (const std::exception_ptr error = future.peek_error(); error && !future.cancelled())
        text += " exception=" + repr_of_error(error);
    else if (future.has_result() && !result.empty())
        text += " result=" + result;
    return text + ">";
}

std::string repr_of_object(const std::type_info& type) { return "<" + name_of(type) + " object>"; }

} // namespace asyncio::detail
