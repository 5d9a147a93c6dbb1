#include <asyncio/backend.hpp>
#include <asyncio/error.hpp>
#include <asyncio/event_loop.hpp>

namespace asyncio {

bool Backend::catch_signal(int /*signal*/, bool /*unless_taken*/) { return false; }
void Backend::release_signal(int /*signal*/) noexcept {}

void Backend::deadlocked(EventLoop& /*loop*/) {}

void Backend::run_detached(std::unique_ptr<EventLoop>) {
    throw RuntimeError("this backend blocks: it does not need to leave the stack");
}

} // namespace asyncio
