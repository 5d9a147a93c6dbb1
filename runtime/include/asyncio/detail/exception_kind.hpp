#pragma once

#include <exception>

namespace asyncio::detail {

/// Whether the error is an E, or derived from it. Determined by rethrowing: for rare paths only.
template <class E> bool is(const std::exception_ptr& error) {
    if (!error) return false;
    try {
        std::rethrow_exception(error);
    } catch (const E&) {
        return true;
    } catch (...) {
        return false;
    }
}

} // namespace asyncio::detail
