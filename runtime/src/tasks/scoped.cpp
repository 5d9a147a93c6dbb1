#include <asyncio/event_loop.hpp>
#include <asyncio/scoped.hpp>

namespace asyncio::detail {

void report_failed_release() noexcept {
    if (running_loop == nullptr) return;
    running_loop->call_exception_handler({.message = "a lock could not be released at the end of its scope",
                                          .exception = std::current_exception(),
                                          .source = {}});
}

} // namespace asyncio::detail
