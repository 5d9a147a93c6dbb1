#pragma once

#include <asyncio/detail/ref.hpp>

#include <memory>
#include <utility>

namespace asyncio::detail {

[[noreturn]] void throw_moved_from();

/// The pointer of a handle. Raises RuntimeError if it is used after the handle was moved from.
template <class P> class Checked {
public:
    explicit Checked(P pointer) noexcept : pointer_(std::move(pointer)) {}

    auto operator->() const { return ref().get(); }
    auto& operator*() const { return *ref(); }
    const P& ref() const {
        if (!pointer_) [[unlikely]]
            throw_moved_from();
        return pointer_;
    }
    operator const P&() const { return ref(); } // NOLINT(*-explicit-*): it acts as the pointer
    P take() {
        if (!pointer_) [[unlikely]]
            throw_moved_from();
        return std::move(pointer_);
    }
    /// False once moved from.
    explicit operator bool() const noexcept { return static_cast<bool>(pointer_); }
    bool operator==(const Checked&) const = default;

private:
    P pointer_;
};

/// The state of a handle, shared with operations that may outlive the handle.
template <class T> using Shared = Checked<Ref<T>>;

template <class T, class... Args> Shared<T> make_shared_state(Args&&... args) {
    return Shared<T>(make_ref<T>(std::forward<Args>(args)...));
}

/// Base of context managers and generators whose copies share one state. async_with() keeps such a copy, so
/// that the manager may be destroyed while it is entered.
class SharesState {
protected:
    SharesState() = default;
    SharesState(const SharesState&) = default;
    SharesState(SharesState&&) = default;
    SharesState& operator=(const SharesState&) = default;
    SharesState& operator=(SharesState&&) = default;
    ~SharesState() = default;
};

/// Only for code that keeps a manager: in a program, a copy would look like a different lock.
struct Sharing {
    template <class M> static M share(const M& manager) { return M(manager); }
};

} // namespace asyncio::detail
