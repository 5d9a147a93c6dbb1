#include "replayer.hpp"

namespace asyncio::conformance {

std::string show(const Value& value) { return value ? std::to_string(*value) : "None"; }

std::string describe_outcome(const Outcome<Value>& outcome) {
    return outcome ? show(*outcome) : describe_for_trace(outcome.error());
}

std::string join(const std::vector<std::string>& texts) {
    std::string joined;
    for (const std::string& text : texts) joined += (joined.empty() ? "" : ", ") + text;
    return "[" + joined + "]";
}

const char* boolean(bool value) { return value ? "True" : "False"; }

double seconds(const json& microseconds) { return microseconds.get<double>() / 1e6; }

MaybeDelay maybe_seconds(const json& microseconds) {
    if (microseconds.is_null()) return std::nullopt;
    return Delay(seconds(microseconds));
}

ReturnWhen return_when(const json& name) {
    static const std::map<std::string, ReturnWhen> kinds{{"FIRST_COMPLETED", FIRST_COMPLETED},
                                                         {"FIRST_EXCEPTION", FIRST_EXCEPTION},
                                                         {"ALL_COMPLETED", ALL_COMPLETED}};
    return kinds.at(name);
}

} // namespace asyncio::conformance
