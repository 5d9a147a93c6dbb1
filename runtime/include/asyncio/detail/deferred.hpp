#pragma once

#include <optional>
#include <utility>

namespace asyncio::detail {

/// An object that an awaiter creates when it suspends and that cannot be moved afterwards. It is empty until
/// then, so that the awaiter can still be moved, for example into gather().
template <class T> class Deferred {
public:
    Deferred() = default;
    Deferred(Deferred&&) noexcept {}
    Deferred& operator=(Deferred&&) = delete;
    ~Deferred() = default;

    template <class... Args> T& emplace(Args&&... args) {
        return value_.emplace(std::forward<Args>(args)...);
    }
    explicit operator bool() const noexcept { return value_.has_value(); }
    // NOLINTBEGIN(bugprone-unchecked-optional-access): precondition: created, like dereferencing a pointer
    T& operator*() noexcept { return *value_; }
    T* operator->() noexcept { return &*value_; }
    // NOLINTEND(bugprone-unchecked-optional-access)

private:
    std::optional<T> value_;
};

} // namespace asyncio::detail
