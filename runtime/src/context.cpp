#include <asyncio/detail/context.hpp>

namespace asyncio::detail {
namespace {

// A thread that runs no task has a context too: what is set there is inherited by its tasks.
thread_local Context thread_context;
constinit thread_local Context* current = nullptr;

} // namespace

Context& current_context() noexcept {
    return current ? *current : thread_context;
}

ContextScope::ContextScope(Context& context) noexcept : outer_(current) {
    current = &context;
}

ContextScope::~ContextScope() {
    current = outer_;
}

} // namespace asyncio::detail
