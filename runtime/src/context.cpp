#include <asyncio/detail/context.hpp>

#include <utility>

namespace asyncio::detail {
namespace {

// A thread that runs no task has a context too: what is set there is inherited by its tasks.
thread_local Context thread_context;
// NOLINTNEXTLINE(*-avoid-non-const-global-variables): a thread's own
constinit thread_local Context* current = nullptr;

} // namespace

Context& current_context() noexcept { return current != nullptr ? *current : thread_context; }

const std::any* find_context_value(const void* variable) noexcept {
    const Context& context = current_context();
    if (!context) return nullptr;
    const auto found = context->values.find(variable);
    return found == context->values.end() ? nullptr : &found->second;
}

void set_context_value(const void* variable, std::any value) {
    Context& context = current_context();
    auto changed = make_ref<ContextValues>();
    if (context) changed->values = context->values;
    if (value.has_value())
        changed->values.insert_or_assign(variable, std::move(value));
    else
        changed->values.erase(variable);
    context = changed;
}

ContextScope::ContextScope(Context& context) noexcept : outer_(current) { current = &context; }

ContextScope::~ContextScope() { current = outer_; }

} // namespace asyncio::detail
