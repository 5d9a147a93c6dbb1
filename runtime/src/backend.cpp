#include <asyncio/backend.hpp>
#include <asyncio/error.hpp>
#include <asyncio/event_loop.hpp>

namespace asyncio {

void Backend::run_detached(std::unique_ptr<EventLoop>) {
    throw RuntimeError("this backend blocks: it has no need to leave the stack");
}

} // namespace asyncio
