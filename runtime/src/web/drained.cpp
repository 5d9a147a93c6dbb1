#include "drained.hpp"

#include <asyncio/error.hpp>
#include <asyncio/wait_for.hpp>

#include <format>

namespace asyncio::web::detail {

Coro<> drained(StreamWriter writer, MaybeDelay timeout) {
    try {
        co_return co_await wait_for(writer.drain(), timeout);
    } catch (const TimeoutError&) {
        writer.abort();
    }
    throw ConnectionResetError(
        std::format("the client took no data for {} s", timeout ? timeout->seconds() : 0));
}

} // namespace asyncio::web::detail
