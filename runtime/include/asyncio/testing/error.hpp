#pragma once

#include <asyncio/error.hpp>

#include <string>
#include <utility>
#include <vector>

namespace asyncio::testing {

/// What a mock was asked to assert is not so. The texts are CPython's.
class AssertionError : public Error {
    using Error::Error;
};

/// A mock was awaited more often than its sequence of side effects is long.
class StopAsyncIteration : public Error {
    using Error::Error;
};

/// Tasks that a test started were not done at its end; the text says where each is and what it waits for.
class PendingTasksError : public RuntimeError {
public:
    PendingTasksError(std::string message, std::vector<std::string> tasks)
        : RuntimeError(std::move(message)), tasks_(std::move(tasks)) {}
    /// Their names, in the order in which they were created.
    const std::vector<std::string>& tasks() const noexcept { return tasks_; }

private:
    std::vector<std::string> tasks_;
};

} // namespace asyncio::testing
