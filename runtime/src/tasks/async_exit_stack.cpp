#include <asyncio/async_exit_stack.hpp>

namespace asyncio {
namespace detail {
namespace {

/// Runs one exit; `error` becomes the remaining error, or the one that the exit raised.
Coro<> leave_one(std::unique_ptr<StackedExit> exit, std::exception_ptr& error) {
    try {
        if (co_await exit->exit(error)) error = nullptr;
    } catch (...) {
        error = std::current_exception();
    }
}

} // namespace

Coro<bool> ExitStackState::exit(Ref<ExitStackState> self, std::exception_ptr error) {
    const std::exception_ptr received = error;
    while (!self->exits_.empty()) {
        std::unique_ptr<StackedExit> exit = std::move(self->exits_.back());
        self->exits_.pop_back();
        co_await leave_one(std::move(exit), error);
    }
    if (error && error != received) std::rethrow_exception(error);
    co_return received && !error;
}

} // namespace detail

Coro<> AsyncExitStack::close(detail::Ref<detail::ExitStackState> state) {
    co_await detail::ExitStackState::exit(std::move(state), nullptr);
}

} // namespace asyncio
