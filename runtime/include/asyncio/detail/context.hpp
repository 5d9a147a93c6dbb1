#pragma once

#include <asyncio/detail/ref.hpp>

#include <any>
#include <map>

namespace asyncio::detail {

/// The values of context variables. Never changed once made, so that copying a context is one
/// reference; setting a variable makes a new map.
class ContextValues final : public RefCounted {
public:
    std::map<const void*, std::any> values;
};

/// A task's or a callback's own context; null while no variable is set.
using Context = Ref<const ContextValues>;

/// The context of what runs now on this thread.
Context& current_context() noexcept;

/// The value of a variable, named by its address, in the current context; null when not set.
const std::any* find_context_value(const void* variable) noexcept;
/// Sets it there; an empty `value` unsets it.
void set_context_value(const void* variable, std::any value);

/// Makes `context` the current one for a scope.
class ContextScope {
public:
    explicit ContextScope(Context& context) noexcept;
    ~ContextScope();
    ContextScope(const ContextScope&) = delete;
    ContextScope& operator=(const ContextScope&) = delete;

private:
    Context* outer_;
};

} // namespace asyncio::detail
