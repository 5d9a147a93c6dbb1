#pragma once

#include <asyncio/detail/ref.hpp>

#include <memory>
#include <utility>

namespace asyncio::detail {

[[noreturn]] void throw_moved_from();

/// What a handle points to. Raises RuntimeError when it is used after the handle was moved away.
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
    operator const P&() const { return ref(); } // NOLINT(*-explicit-*): it stands for the pointer
    P take() {
        if (!pointer_) [[unlikely]]
            throw_moved_from();
        return std::move(pointer_);
    }
    /// Whether it was not moved away.
    explicit operator bool() const noexcept { return static_cast<bool>(pointer_); }
    bool operator==(const Checked&) const = default;

private:
    P pointer_;
};

/// The state of a handle that others use while the handle goes.
template <class T> using Shared = Checked<Ref<T>>;

template <class T, class... Args> Shared<T> make_shared_state(Args&&... args) {
    return Shared<T>(make_ref<T>(std::forward<Args>(args)...));
}

/// Base of context managers, and generators, whose copies share one state. async_with() keeps such a copy, so
/// that the manager may go while it is entered.
class SharesState {
protected:
    SharesState() = default;
    SharesState(const SharesState&) = default;
    SharesState(SharesState&&) = default;
    SharesState& operator=(const SharesState&) = default;
    SharesState& operator=(SharesState&&) = default;
    ~SharesState() = default;
};

/// For those alone that keep a manager: to a program a copy would look like another lock.
struct Sharing {
    template <class M> static M share(const M& manager) { return M(manager); }
};

} // namespace asyncio::detail
