#include <asyncio/error.hpp>
#include <asyncio/http/transport.hpp>

namespace asyncio::http {

Coro<bool> Exchange::write(std::optional<std::string>) {
    throw RuntimeError(
        "this Exchange cannot stream a request body: override write(), or return false from can_stream()");
    co_return false;
}

} // namespace asyncio::http
