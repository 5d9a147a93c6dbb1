#include <asyncio/error.hpp>
#include <asyncio/http/transport.hpp>

namespace asyncio::http {

Coro<bool> Exchange::write(std::optional<std::string>) {
    throw RuntimeError(
        "this Exchange takes no body in pieces: override write(), or let can_stream() be false");
    co_return false;
}

} // namespace asyncio::http
