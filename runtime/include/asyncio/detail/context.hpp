#pragma once

#include <asyncio/detail/ref.hpp>

#include <any>
#include <map>

namespace asyncio {

class AnyContextVar;

namespace detail {

/// What a context is kept in: its values, or a cell that several share.
class ContextBase : public RefCounted {
public:
    bool is_cell() const noexcept { return is_cell_; }

protected:
    explicit ContextBase(bool is_cell) noexcept : is_cell_(is_cell) {}

private:
    const bool is_cell_;
};

/// The values of context variables. Never changed once made, so that copying a context is one
/// reference; setting a variable makes a new map.
class ContextValues final : public ContextBase {
public:
    ContextValues() noexcept : ContextBase(false) {}
    std::map<const AnyContextVar*, std::any> values;
};

/// A context that has an identity: what is set in it is seen by all who refer to it.
class ContextCell final : public ContextBase {
public:
    explicit ContextCell(Ref<ContextValues> values) noexcept
        : ContextBase(true), values_(std::move(values)) {}

    /// Null while no variable is set.
    const Ref<ContextValues>& values() const noexcept { return values_; }
    /// Null when the variable is not set.
    const std::any* find(const AnyContextVar& variable) const noexcept;
    /// An empty `value` unsets the variable.
    void set(const AnyContextVar& variable, std::any value);

private:
    Ref<ContextValues> values_;
};

/// A task's or a callback's own context; null while no variable is set. It becomes a cell when a
/// variable is set, or when somebody asks for the context itself.
using ContextSlot = Ref<ContextBase>;

/// A copy of the context of what runs now on this thread.
ContextSlot inherit_context() noexcept;

/// The same, with nothing shared: for another thread.
ContextSlot unshared_context();

/// The context itself, as what the slot holds from now on.
Ref<ContextCell> share_context(ContextSlot& slot);
Ref<ContextCell> current_context();

/// The value of a variable in the current context; null when not set.
const std::any* find_context_value(const AnyContextVar& variable) noexcept;

class ContextScope;
/// Of the task or callback that runs now on this thread; null when none does.
// NOLINTNEXTLINE(*-avoid-non-const-global-variables): a thread's own
extern constinit thread_local ContextScope* running_context;

/// Makes the context in `slot` the current one for a scope.
class ContextScope {
public:
    explicit ContextScope(ContextSlot& slot) noexcept : slot_(slot), outer_(running_context) {
        running_context = this;
    }
    ~ContextScope() { running_context = outer_; }
    ContextScope(const ContextScope&) = delete;
    ContextScope& operator=(const ContextScope&) = delete;

    ContextSlot& slot() const noexcept { return slot_; }
    ContextScope* outer() const noexcept { return outer_; }

private:
    ContextSlot& slot_;
    ContextScope* outer_;
};

/// The same for a context that may be entered once at a time: raises RuntimeError when it is the
/// current one already, or one around that.
class EnteredContext {
public:
    explicit EnteredContext(const Ref<ContextCell>& cell);

private:
    ContextSlot slot_;
    ContextScope scope_;
};

} // namespace detail
} // namespace asyncio
