#pragma once

#include <optional>
#include <utility>

namespace asyncio::detail {

/// What an awaiter makes when it suspends, and which must stay where it is from then on. Until
/// then there is nothing, so that the awaiter can be moved: into gather(), say.
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
    // NOLINTBEGIN(bugprone-unchecked-optional-access): asked for once it was made, as a pointer is
    T& operator*() noexcept { return *value_; }
    T* operator->() noexcept { return &*value_; }
    // NOLINTEND(bugprone-unchecked-optional-access)

private:
    std::optional<T> value_;
};

} // namespace asyncio::detail
