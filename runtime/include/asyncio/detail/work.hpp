#pragma once

#include <asyncio/detail/concurrent_base.hpp>

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace asyncio::detail {

/// A function to be run on another thread.
class Work {
public:
    Work() = default;
    Work(const Work&) = delete;
    Work& operator=(const Work&) = delete;
    virtual ~Work() = default;
    /// Calls the function, unless it was cancelled, and completes its future.
    virtual void run() noexcept = 0;
    virtual void cancel() noexcept = 0;
};

template <class F, class... Args>
using WorkResult = std::conditional_t<std::is_lvalue_reference_v<std::invoke_result_t<F&, Args...>>,
                                      std::invoke_result_t<F&, Args...>,
                                      std::remove_cvref_t<std::invoke_result_t<F&, Args...>>>;

template <class T, class F> class WorkWith final : public Work {
public:
    WorkWith(std::shared_ptr<ConcurrentResult<T>> future, F function)
        : future_(std::move(future)), function_(std::move(function)) {}

    // The function is destroyed before the result is published: it may own objects that the receiver uses
    // next.
    void run() noexcept override {
        if (!future_->start()) return;
        std::exception_ptr error;
        try {
            // NOLINTBEGIN(bugprone-unchecked-optional-access): reset only after the call
            if constexpr (std::is_void_v<T>)
                (*function_)();
            else
                future_->slot().emplace((*function_)());
            // NOLINTEND(bugprone-unchecked-optional-access)
        } catch (...) {
            error = std::current_exception();
        }
        function_.reset();
        if (error)
            future_->fail(std::move(error));
        else
            future_->finish();
    }
    void cancel() noexcept override {
        function_.reset();
        future_->cancel();
    }

private:
    std::shared_ptr<ConcurrentResult<T>> future_;
    std::optional<F> function_;
};

} // namespace asyncio::detail
