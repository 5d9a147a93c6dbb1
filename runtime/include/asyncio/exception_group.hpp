#pragma once

#include <asyncio/error.hpp>

#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace asyncio {

/// Several errors raised as one, as by a TaskGroup. what() is Python's str(): "text (2 sub-exceptions)";
/// describe() lists them.
class ExceptionGroup : public Error {
public:
    /// Raises ValueError if `exceptions` is empty.
    ExceptionGroup(const std::string& message, std::vector<std::exception_ptr> exceptions);

    const std::string& message() const noexcept { return message_; }
    const std::vector<std::exception_ptr>& exceptions() const noexcept { return exceptions_; }

    /// The errors of type E, also inside nested groups; nullopt if there are none.
    template <class E> std::optional<ExceptionGroup> subgroup() const { return split<E>().first; }

    /// The errors of type E, and the rest: `except*`.
    template <class E> std::pair<std::optional<ExceptionGroup>, std::optional<ExceptionGroup>> split() const {
        std::vector<std::exception_ptr> matching;
        std::vector<std::exception_ptr> rest;
        for (const std::exception_ptr& error : exceptions_) {
            if (is<E>(error)) {
                matching.push_back(error);
            } else if (const ExceptionGroup* inner = as_group(error)) {
                auto [inner_matching, inner_rest] = inner->split<E>();
                if (inner_matching) matching.push_back(std::make_exception_ptr(*std::move(inner_matching)));
                if (inner_rest) rest.push_back(std::make_exception_ptr(*std::move(inner_rest)));
            } else {
                rest.push_back(error);
            }
        }
        return {group_of(std::move(matching)), group_of(std::move(rest))};
    }

private:
    static const ExceptionGroup* as_group(const std::exception_ptr& error);
    std::optional<ExceptionGroup> group_of(std::vector<std::exception_ptr> exceptions) const {
        if (exceptions.empty()) return std::nullopt;
        return ExceptionGroup(message_, std::move(exceptions));
    }

    std::string message_;
    std::vector<std::exception_ptr> exceptions_;
};

} // namespace asyncio
