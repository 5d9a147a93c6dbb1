#pragma once

#include <asyncio/context.hpp>
#include <asyncio/detail/context.hpp>
#include <asyncio/error.hpp>

#include <any>
#include <optional>
#include <string>
#include <utility>

namespace asyncio {

/// A variable with a separate value in each task: a task starts with a copy of its creator's values, and
/// values that it sets are not visible to others. The variable must outlive every use.
template <class T> class ContextVar : public AnyContextVar {
public:
    using value_type = T;

    explicit ContextVar(std::string name) : AnyContextVar(std::move(name)) {}
    ContextVar(std::string name, T default_value)
        : AnyContextVar(std::move(name)), default_(std::move(default_value)) {}

    /// The value in the current context, else the default; raises LookupError if there is neither.
    T get() const {
        if (const T* value = find()) return *value;
        if (default_) return *default_;
        throw LookupError("ContextVar '" + name() +
                          "' has no value in this context and no default: call set() first");
    }

    /// The value in the current context, else `fallback`.
    T get(T fallback) const {
        const T* value = find();
        return value ? *value : std::move(fallback);
    }

    /// The data that reset() needs to undo a set().
    class Token {
    public:
        const ContextVar& var() const noexcept { return *var_; }
        /// The previous value; nullopt if there was none.
        const std::optional<T>& old_value() const noexcept { return old_; }

    private:
        friend class ContextVar;
        Token(const ContextVar& var, detail::Ref<detail::ContextCell> context, std::optional<T> old)
            : var_(&var), context_(std::move(context)), old_(std::move(old)) {}
        void restore() {
            used_ = true;
            context_->set(*var_, old_ ? std::any(*old_) : std::any());
        }

        const ContextVar* var_;
        detail::Ref<detail::ContextCell> context_;
        std::optional<T> old_;
        bool used_ = false;
    };

    /// Sets it in the current context: the task's, so the value applies to everything that runs in it.
    Token set(T value) const {
        const T* before = find();
        Token token(*this, detail::current_context(), before ? std::optional<T>(*before) : std::nullopt);
        token.context_->set(*this, std::any(std::move(value)));
        return token;
    }

    /// Restores the value before the set() that returned `token`. Raises RuntimeError the second time, and
    /// ValueError if the token belongs to another variable or another context.
    void reset(Token& token) const {
        if (token.used_)
            throw RuntimeError("this token of ContextVar '" + name() +
                               "' has already been used: pass a token to reset() only once");
        if (token.var_ != this)
            throw ValueError("reset() of ContextVar '" + name() + "' with a token of ContextVar '" +
                             token.var_->name() + "'");
        if (token.context_ != detail::current_context())
            throw ValueError(
                "reset() of ContextVar '" + name() +
                "' with a token from another context: call reset() in the task that called set()");
        token.restore();
    }

    /// Returned by scoped(): restores the previous value when destroyed.
    class [[nodiscard("keep it in a variable: as a temporary it restores the value immediately")]] Scoped {
    public:
        explicit Scoped(Token token) : token_(std::move(token)) {}
        Scoped(const Scoped&) = delete;
        Scoped& operator=(const Scoped&) = delete;
        ~Scoped() { token_.restore(); }

    private:
        Token token_;
    };

    /// `auto kept = user.scoped("ann");`: sets it for a scope, as `with user.set("ann"):` does.
    Scoped scoped(T value) const { return Scoped(set(std::move(value))); }

private:
    const T* find() const { return std::any_cast<T>(detail::find_context_value(*this)); }

    std::optional<T> default_;
};

} // namespace asyncio
