#include <asyncio/async_exit_stack.hpp>

namespace asyncio {
namespace {

/// Leaves one; `error` becomes what is left of it, or what leaving raised.
Coro<> leave_one(std::unique_ptr<detail::StackedExit> exit, std::exception_ptr& error) {
    try {
        if (co_await exit->exit(error)) error = nullptr;
    } catch (...) {
        error = std::current_exception();
    }
}

} // namespace

Coro<bool> AsyncExitStack::aexit(std::exception_ptr error) {
    const std::exception_ptr received = error;
    while (!exits_.empty()) {
        std::unique_ptr<detail::StackedExit> exit = std::move(exits_.back());
        exits_.pop_back();
        co_await leave_one(std::move(exit), error);
    }
    if (error && error != received) std::rethrow_exception(error);
    co_return received && !error;
}

Coro<> AsyncExitStack::aclose() { co_await aexit(nullptr); }

} // namespace asyncio
