#include <asyncio/exception_group.hpp>

#include <cstddef>

namespace asyncio {
namespace {

std::string summary(const std::string& message, std::size_t count) {
    return message + " (" + std::to_string(count) + (count == 1 ? " sub-exception)" : " sub-exceptions)");
}

} // namespace

ExceptionGroup::ExceptionGroup(const std::string& message, std::vector<std::exception_ptr> exceptions)
    : Error(summary(message, exceptions.size())), message_(message), exceptions_(std::move(exceptions)) {
    if (exceptions_.empty()) throw ValueError("an ExceptionGroup needs at least one exception");
}

const ExceptionGroup* ExceptionGroup::as_group(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const ExceptionGroup& group) {
        // The exception object lives as long as `error` refers to it.
        return &group;
    } catch (...) {
        return nullptr;
    }
}

} // namespace asyncio
