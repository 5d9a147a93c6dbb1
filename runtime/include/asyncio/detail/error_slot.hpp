#pragma once

#include <exception>
#include <utility>

namespace asyncio::detail {

/// Where a coroutine or a future keeps the error it ended with. Most end without one, and then this
/// costs no call into the C++ library, as destroying a std::exception_ptr does.
class ErrorSlot {
    // NOLINTBEGIN(*-pro-type-union-access, readability-identifier-naming): a union of one is never destroyed
public:
    ErrorSlot() noexcept : error_(nullptr) {}
    ErrorSlot(const ErrorSlot&) = delete;
    ErrorSlot& operator=(const ErrorSlot&) = delete;
    ~ErrorSlot() {
        if (error_) error_.~exception_ptr();
    }

    explicit operator bool() const noexcept { return static_cast<bool>(error_); }
    const std::exception_ptr& get() const noexcept { return error_; }
    void set(std::exception_ptr error) noexcept { error_ = std::move(error); }
    /// Empties it.
    std::exception_ptr take() noexcept {
        return error_ ? std::exchange(error_, nullptr) : std::exception_ptr(nullptr);
    }

private:
    union {
        std::exception_ptr error_;
    };
    // NOLINTEND(*-pro-type-union-access, readability-identifier-naming)
};

} // namespace asyncio::detail
