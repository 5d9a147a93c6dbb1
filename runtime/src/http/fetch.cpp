#include <asyncio/http/client_session.hpp>
#include <asyncio/http/fetch.hpp>

#include <format>
#include <utility>

namespace asyncio {

Coro<http::ClientResponse> fetch(std::string url, FetchInit init) {
    if (init.redirect != "follow" && init.redirect != "error")
        throw ValueError(
            std::format(R"(FetchInit::redirect must be "follow" or "error", not "{}")", init.redirect));
    http::ClientSession session({.timeout = {.total = std::nullopt}, .limit = 0});
    return session.request(std::move(init.method), std::move(url),
                           {.headers = std::move(init.headers),
                            .data = std::move(init.body),
                            .allow_redirects = init.redirect == "follow",
                            .credentials = std::move(init.credentials)});
}

} // namespace asyncio
