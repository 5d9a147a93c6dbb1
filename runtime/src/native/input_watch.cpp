#include "input_watch.hpp"

#include <asyncio/detail/finally.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/future.hpp>

#include <optional>
#include <poll.h>
#include <unistd.h>

namespace asyncio::native {
namespace {

// NOLINTNEXTLINE(*-avoid-non-const-global-variables): thread-local, as its loop is
thread_local std::optional<Future<>> awaited;

} // namespace

Coro<> input_readable() {
    const Future<> readable = get_running_loop().create_future();
    awaited = readable;
    const detail::Finally forget([] { awaited.reset(); });
    co_await readable;
}

bool input_is_readable() noexcept {
    pollfd input = {.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
    return ::poll(&input, 1, 0) > 0;
}

bool input_is_awaited() noexcept { return awaited.has_value(); }

void input_came() {
    if (awaited && !awaited->done()) awaited->set_result();
}

} // namespace asyncio::native
