#pragma once

#include <asyncio/detail/context.hpp>
#include <asyncio/error.hpp>

#include <any>
#include <optional>
#include <string>
#include <utility>

namespace asyncio {

/// A variable with a value of its own in each task: a task starts with a copy of its creator's
/// values, and what it sets nobody else sees. The variable must outlive every use.
template <class T> class ContextVar {
public:
    explicit ContextVar(std::string name) : name_(std::move(name)) {}
    ContextVar(std::string name, T default_value)
        : name_(std::move(name)), default_(std::move(default_value)) {}
    ContextVar(const ContextVar&) = delete;
    ContextVar& operator=(const ContextVar&) = delete;

    const std::string& name() const noexcept { return name_; }

    /// The value in the current context, else the default; raises LookupError when there is neither.
    T get() const {
        if (const T* value = find()) return *value;
        if (default_) return *default_;
        throw LookupError("ContextVar '" + name_ + "' has no value here and no default: set() it first");
    }

    /// The value in the current context, else `fallback`.
    T get(T fallback) const {
        const T* value = find();
        return value ? *value : std::move(fallback);
    }

    /// What reset() needs to take a set() back.
    class Token {
    public:
        /// The value before; nullopt when there was none.
        const std::optional<T>& old_value() const noexcept { return old_; }

    private:
        friend class ContextVar;
        explicit Token(std::optional<T> old) : old_(std::move(old)) {}
        std::optional<T> old_;
        bool used_ = false;
    };

    Token set(T value) const {
        const T* before = find();
        Token token(before ? std::optional<T>(*before) : std::nullopt);
        detail::set_context_value(this, std::any(std::move(value)));
        return token;
    }

    /// Restores the value before the set() that gave `token`; raises RuntimeError the second time.
    void reset(Token& token) const {
        if (std::exchange(token.used_, true))
            throw RuntimeError("this token of ContextVar '" + name_ +
                               "' was used already: it takes its set() back once");
        detail::set_context_value(this, token.old_ ? std::any(*token.old_) : std::any());
    }

private:
    const T* find() const { return std::any_cast<T>(detail::find_context_value(this)); }

    std::string name_;
    std::optional<T> default_;
};

} // namespace asyncio
