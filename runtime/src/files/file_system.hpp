#pragma once

#include <asyncio/coro.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace asyncio::files::detail {

// The platform interface of the file functions.

/// Suspends while `call`, which may block, runs where it does not block the loop.
Coro<> perform(std::function<void()> call);

/// Raises PermissionError for a path that programs may not use on the platform.
void require_reachable(const std::string& path);

/// Passes a file's new content to the storage. Does not wait for it.
void hand_over(int descriptor);

/// Suspends until all content passed to hand_over(), and all renames, creations and removals, are stored.
/// Raises OSError if storing fails; it is retried with the next content.
Coro<> stored(std::string path);

/// perform() with a result. The thread that runs `call` may outlive the waiting task.
template <class F> Coro<std::invoke_result_t<F&>> off_loop(F call) {
    using T = std::invoke_result_t<F&>;
    if constexpr (std::is_void_v<T>) {
        co_await perform(std::move(call));
    } else {
        auto result = std::make_shared<std::optional<T>>();
        co_await perform([result, call = std::move(call)]() mutable { result->emplace(call()); });
        // NOLINTNEXTLINE(bugprone-unchecked-optional-access): perform() has ended, so the call has
        co_return std::move(result->value());
    }
}

} // namespace asyncio::files::detail
