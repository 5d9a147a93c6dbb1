#pragma once

#include <utility>

namespace asyncio::detail {

/// Calls a function at scope exit, normal or by exception.
template <class F> class [[nodiscard("keep it in a variable: as a temporary it calls immediately")]] Finally {
public:
    explicit Finally(F function) : function_(std::move(function)) {}
    Finally(const Finally&) = delete;
    Finally& operator=(const Finally&) = delete;
    ~Finally() { function_(); }

private:
    F function_;
};

} // namespace asyncio::detail
