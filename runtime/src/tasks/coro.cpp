#include <asyncio/coro.hpp>
#include <asyncio/detail/exception_leaves.hpp>
#include <asyncio/detail/place.hpp>
#include <asyncio/event_loop.hpp>

#include <cxxabi.h>

#include <typeinfo>

namespace asyncio::detail {

// NOLINTNEXTLINE(*-avoid-non-const-global-variables): thread-local
constinit thread_local PromiseBase* running_promise = nullptr;

constinit ExceptionLeaves exception_leaves = nullptr;

void PromiseBase::unhandled_exception() noexcept {
    std::exception_ptr error = std::current_exception();
    if (exception_leaves != nullptr) exception_leaves(error, where_);
    error_.set(std::move(error));
    const std::type_info* type = abi::__cxa_current_exception_type();
    ended_by_cancel_ = type != nullptr && *type == typeid(CancelledError);
}

void report_never_awaited(const std::source_location& where) noexcept {
    const std::string function = function_of(where);
    const ExceptionContext context{
        .message = "RuntimeWarning: coroutine '" + function + "' was never awaited",
        .exception = {},
        .source = function + "() at " + place_of(where) + ": co_await it, or pass it to create_task()"};
    if (running_loop != nullptr)
        running_loop->call_exception_handler(context);
    else
        print_context(context);
}

void throw_already_awaited() {
    throw RuntimeError("this coroutine was already awaited: call its function again, or create a task, which "
                       "can be awaited more than once");
}

} // namespace asyncio::detail
