#pragma once

#include <asyncio/coro.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace asyncio::files::detail {

// What files ask of their platform.

/// Suspends while `call`, which may block, is done where it holds up nobody else.
Coro<> perform(std::function<void()> call);

/// Raises PermissionError for a path that no program may use there.
void require_reachable(const std::string& path);

/// Gives a file's new content to whoever stores it. Does not wait for that.
void hand_over(int descriptor);

/// Suspends until all that was handed over, and all that was renamed, made and removed, is stored. Raises
/// OSError when it cannot be; it is tried again with what is handed over next.
Coro<> stored(std::string path);

/// perform() with a result. The thread that does it may outlive who waits.
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
