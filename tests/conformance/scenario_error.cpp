#include "scenario_error.hpp"

#include <asyncio.hpp>

#include <string_view>

namespace asyncio::conformance {

namespace {

std::string spelled(const std::exception_ptr& error, bool with_message) {
    try {
        std::rethrow_exception(error);
    } catch (const ExceptionGroup& group) {
        std::string texts;
        for (const std::exception_ptr& inner : group.exceptions())
            texts += (texts.empty() ? "" : ", ") + spelled(inner, with_message);
        return "ExceptionGroup[" + texts + "]";
    } catch (const ScenarioError& scenario) {
        return scenario.kind() + "(" + scenario.label() + ")";
    } catch (const Return&) {
        return "_Return";
    } catch (const CancelledError& cancelled) {
        if (!with_message || cancelled.message().empty()) return "CancelledError";
        return "CancelledError(" + cancelled.message() + ")";
    } catch (...) {
        // The library's own errors: their type, without the text.
        const std::string text = describe(error);
        return text.substr(0, text.find(':'));
    }
}

} // namespace

std::string describe_for_trace(const std::exception_ptr& error) { return spelled(error, false); }

std::string spell(const std::exception_ptr& error) { return spelled(error, true); }

bool matches(const std::exception_ptr& error, const std::string& kind) {
    if (kind == "BaseException") return true;
    if (kind == "Exception") return !is<CancelledError>(error);
    if (kind == "CancelledError") return is<CancelledError>(error);
    if (kind == "TimeoutError") return is<TimeoutError>(error);
    if (kind == "ExceptionGroup") return is<ExceptionGroup>(error);
    try {
        std::rethrow_exception(error);
    } catch (const ScenarioError& scenario) {
        return scenario.kind() == kind;
    } catch (const ValueError&) {
        return kind == "ValueError";
    } catch (const RuntimeError&) {
        return kind == "RuntimeError";
    } catch (...) {
        return false;
    }
}

} // namespace asyncio::conformance
