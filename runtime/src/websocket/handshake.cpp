#include "handshake.hpp"

#include <asyncio/detail/own_servers.hpp>
#include <asyncio/wait_for.hpp>

#include <algorithm>
#include <cctype>
#include <format>
#include <string_view>
#include <utility>

namespace asyncio::websocket {
namespace {

bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](unsigned char c) {
        return std::isalnum(c) != 0 ||
               (c != 0 && std::string_view("!#$%&'*+-.^_`|~").contains(static_cast<char>(c)));
    });
}

void require_subprotocols(const std::vector<std::string>& subprotocols) {
    for (auto at = subprotocols.begin(); at != subprotocols.end(); ++at) {
        if (!is_token(*at)) {
            throw ValueError(
                std::format("the subprotocol \"{}\" is not valid: use letters, digits and hyphens", *at));
        }
        if (std::find(subprotocols.begin(), at, *at) != at)
            throw ValueError(std::format("the subprotocol \"{}\" is offered twice", *at));
    }
}

void require_times(const ConnectOptions& options) {
    if (options.open_timeout && options.open_timeout->seconds() < 0)
        throw ValueError("ConnectOptions::open_timeout is negative; std::nullopt means no limit");
    if (!options.heartbeat) return;
    if (!(options.heartbeat->interval.seconds() > 0))
        throw ValueError("the heartbeat interval must be more than 0 seconds");
    if (options.heartbeat->timeout && !(options.heartbeat->timeout->seconds() > 0))
        throw ValueError("the heartbeat timeout must be more than 0 seconds; std::nullopt means no limit");
}

std::shared_ptr<Connection> opened_for(const Request& request, const ConnectOptions& options) {
    if (options.open) return options.open(request);
    if (const auto* const client = asyncio::detail::own_servers_client(request.url, "ws"))
        return client->open(request);
    return open(request);
}

} // namespace

Coro<Opened> handshake(std::string url, const ConnectOptions& options) {
    require_subprotocols(options.subprotocols);
    require_times(options);
    const Request request{.url = std::move(url),
                          .subprotocols = options.subprotocols,
                          .max_size = options.max_size,
                          .max_queue = options.max_queue};
    std::shared_ptr<Connection> connection = opened_for(request, options);
    try {
        std::string subprotocol = co_await wait_for(connection->opened(), options.open_timeout);
        co_return Opened{.connection = std::move(connection), .subprotocol = std::move(subprotocol)};
    } catch (const TimeoutError&) {
        if (!options.open_timeout) throw;
        throw TimeoutError(
            std::format("no WebSocket connection to {} within {} s (ConnectOptions::open_timeout)",
                        request.url, options.open_timeout->seconds()));
    }
}

} // namespace asyncio::websocket
