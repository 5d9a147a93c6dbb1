#pragma once

#include <asyncio/detail/copyable.hpp>

#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace asyncio::detail {

/// A separately allocated value.
template <class T> class Apart {
public:
    template <class... Args> void emplace(Args&&... args) {
        value_ = std::make_unique<T>(std::forward<Args>(args)...);
    }
    void reset() noexcept { value_.reset(); }
    bool has_value() const noexcept { return value_ != nullptr; }
    T& operator*() noexcept { return *value_; }

private:
    std::unique_ptr<T> value_;
};

/// Frames and futures have the default alignment of `new`; over-aligned values are allocated separately.
template <class T>
using Stored =
    std::conditional_t<(alignof(T) > __STDCPP_DEFAULT_NEW_ALIGNMENT__), Apart<T>, std::optional<T>>;

/// Moves the value out, if there is one.
template <class T> std::optional<T> take_stored(Stored<T>& stored) {
    std::optional<T> value;
    if (stored.has_value()) value.emplace(std::move(*stored));
    stored.reset();
    return value;
}

/// The result of a coroutine, a future or a task.
///
/// Taken is the type that an await returns, Copied the type that result() returns: a copy if T is copyable.
/// If T is move-only, an await moves the value out and result() returns a reference.
template <class T> class ResultSlot {
public:
    static constexpr bool copyable = detail::copyable<T>;
    using Copied = std::conditional_t<copyable, T, T&>;
    using Taken = T;

    template <class... Args> void emplace(Args&&... args) { value_.emplace(std::forward<Args>(args)...); }

    /// The value itself, to be moved to its only owner.
    // NOLINTBEGIN(bugprone-unchecked-optional-access): a result is requested only after it was emplaced
    T& get() noexcept { return *value_; }

    Copied copy() { return *value_; }

    /// For an await; `only_owner`: nothing else can request the value any more.
    T take(bool only_owner) {
        if constexpr (copyable)
            if (!only_owner) return *value_;
        return std::move(*value_);
    }
    // NOLINTEND(bugprone-unchecked-optional-access)

private:
    Stored<T> value_;
};

template <class T> class ResultSlot<T&> {
public:
    static constexpr bool copyable = true;
    using Copied = T&;
    using Taken = T&;

    void emplace(T& value) noexcept { value_ = &value; }
    T& get() noexcept { return *value_; }
    T& copy() noexcept { return *value_; }
    T& take(bool) noexcept { return *value_; }

private:
    T* value_ = nullptr;
};

template <> class ResultSlot<void> {
public:
    static constexpr bool copyable = true;
    using Copied = void;
    using Taken = void;

    void emplace() noexcept {}
    void get() noexcept {}
    void copy() noexcept {}
    void take(bool) noexcept {}
};

} // namespace asyncio::detail
