#pragma once

#include <exception>
#include <utility>

namespace asyncio::detail {

/// The error of a coroutine or a future. Usually there is none; then, unlike a std::exception_ptr, destroying
/// it does not call into the C++ library.
class ErrorSlot {
    // NOLINTBEGIN(*-pro-type-union-access, readability-identifier-naming): no implicit destructor call
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
    /// Returns the error and empties the slot.
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
