#pragma once

#include <asyncio/detail/ref.hpp>

#include <any>
#include <map>

namespace asyncio {

class AnyContextVar;

namespace detail {

/// The storage of a context: its values, or a cell that is shared.
class ContextBase : public RefCounted {
public:
    bool is_cell() const noexcept { return is_cell_; }

protected:
    explicit ContextBase(bool is_cell) noexcept : is_cell_(is_cell) {}

private:
    const bool is_cell_;
};

/// The values of context variables. Immutable, so that copying a context copies one reference; setting a
/// variable creates a new map.
class ContextValues final : public ContextBase {
public:
    ContextValues() noexcept : ContextBase(false) {}
    std::map<const AnyContextVar*, std::any> values;
};

/// A context with an identity: values set in it are visible through every reference to it.
class ContextCell final : public ContextBase {
public:
    explicit ContextCell(Ref<ContextValues> values) noexcept
        : ContextBase(true), values_(std::move(values)) {}

    /// Null while no variable is set.
    const Ref<ContextValues>& values() const noexcept { return values_; }
    /// Null if the variable is not set.
    const std::any* find(const AnyContextVar& variable) const noexcept;
    /// An empty `value` unsets the variable.
    void set(const AnyContextVar& variable, std::any value);

private:
    Ref<ContextValues> values_;
};

/// The context of a task or a callback; null while no variable is set. It becomes a cell when a variable is
/// set, or when the program requests the context itself.
using ContextSlot = Ref<ContextBase>;

/// A copy of the current context of this thread.
ContextSlot inherit_context() noexcept;

/// The same, without shared data: for another thread.
ContextSlot unshared_context();

/// Returns the context as a cell, which the slot holds from now on.
Ref<ContextCell> share_context(ContextSlot& slot);
Ref<ContextCell> current_context();

/// The value of a variable in the current context; null if it is not set.
const std::any* find_context_value(const AnyContextVar& variable) noexcept;

class ContextScope;
/// The context of the task or callback that is running on this thread; null if there is none.
// NOLINTNEXTLINE(*-avoid-non-const-global-variables): thread-local
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

/// The same for a context that is not reentrant: raises RuntimeError if it is already the current one or an
/// enclosing one.
class EnteredContext {
public:
    explicit EnteredContext(const Ref<ContextCell>& cell);

private:
    ContextSlot slot_;
    ContextScope scope_;
};

} // namespace detail
} // namespace asyncio
