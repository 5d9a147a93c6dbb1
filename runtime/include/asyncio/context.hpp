#pragma once

#include <asyncio/detail/context.hpp>

#include <any>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace asyncio {

template <class T> class ContextVar;

/// A context variable of any value type.
class AnyContextVar {
public:
    AnyContextVar(const AnyContextVar&) = delete;
    AnyContextVar& operator=(const AnyContextVar&) = delete;

    const std::string& name() const noexcept { return name_; }

protected:
    explicit AnyContextVar(std::string name) : name_(std::move(name)) {}
    ~AnyContextVar() = default;

private:
    std::string name_;
};

/// The values of context variables for one task: a shared handle. A task has its own context unless it is
/// given one.
class Context {
public:
    /// A context in which no variable is set.
    Context();
    explicit Context(detail::Ref<detail::ContextCell> cell) : cell_(std::move(cell)) {}

    /// Calls `function(arguments...)` in this context: values that it sets stay in this context and are not
    /// visible elsewhere. Returns its result. Raises RuntimeError if this context is already entered.
    template <class F, class... Args> decltype(auto) run(F&& function, Args&&... arguments) const {
        const detail::EnteredContext entered(cell_);
        return std::invoke(std::forward<F>(function), std::forward<Args>(arguments)...);
    }

    /// A context with the same values; constant cost, whatever their number.
    Context copy() const;

    /// The value set in this context; nullopt if there is none, even if the variable has a default.
    template <class T> std::optional<T> get(const ContextVar<T>& variable) const {
        const T* value = find(variable);
        return value ? std::optional<T>(*value) : std::nullopt;
    }
    template <class T> T get(const ContextVar<T>& variable, std::type_identity_t<T> fallback) const {
        const T* value = find(variable);
        return value ? *value : std::move(fallback);
    }
    /// The same; raises LookupError if there is none.
    template <class T> T operator[](const ContextVar<T>& variable) const {
        if (const T* value = find(variable)) return *value;
        throw_not_set(variable);
    }
    bool contains(const AnyContextVar& variable) const noexcept { return cell_->find(variable) != nullptr; }
    std::size_t size() const noexcept;
    /// The variables set in this context, with their values.
    std::vector<std::pair<const AnyContextVar*, std::any>> items() const;

    /// Compares identity, not values.
    bool operator==(const Context&) const = default;

    /// The internal representation.
    const detail::Ref<detail::ContextCell>& ref() const noexcept { return cell_; }

private:
    template <class T> const T* find(const ContextVar<T>& variable) const {
        return std::any_cast<T>(cell_->find(variable));
    }
    [[noreturn]] static void throw_not_set(const AnyContextVar& variable);

    detail::Ref<detail::ContextCell> cell_;
};

/// A copy of the current context.
Context copy_context();

} // namespace asyncio
