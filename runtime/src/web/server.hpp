#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/streams/server.hpp>
#include <asyncio/task.hpp>
#include <asyncio/web/runner.hpp>

#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace asyncio::web::detail {

/// A connection, as the end of the server sees it.
struct Client {
    AnyTask task;
    /// Whether it is between two requests, so that it can be closed without loss.
    bool idle = true;
};

/// The state of an AppRunner.
class Server : public std::enable_shared_from_this<Server> {
public:
    Server(Application app, ServerOptions options) : app_(std::move(app)), options_(options) {}

    Coro<> setup();
    Coro<> cleanup();
    Coro<asyncio::Server> listen(std::string host, std::uint16_t port);

    Application& app() noexcept { return app_; }
    const ServerOptions& options() const noexcept { return options_; }
    bool is_stopping() const noexcept { return stopping_; }
    /// A connection comes: false if there are max_connections already. Those that were admitted leave().
    bool admit() noexcept {
        if (options_.max_connections > 0 && admitted_ >= options_.max_connections) return false;
        ++admitted_;
        return true;
    }
    void leave() noexcept { --admitted_; }
    std::list<Client>& clients() noexcept { return clients_; }

private:
    std::vector<AnyTask> tasks() const;
    Coro<> end_clients();

    Application app_;
    ServerOptions options_;
    std::vector<asyncio::Server> sites_;
    std::list<Client> clients_;
    std::size_t admitted_ = 0;
    bool set_up_ = false;
    bool stopping_ = false;
};

/// "http://127.0.0.1:8080"
std::string url_of(std::string_view host, std::uint16_t port);

/// Serves a connection: reads requests and answers them, one after another, until either end closes it.
Coro<> serve_connection(std::shared_ptr<Server> server, StreamReader reader, StreamWriter writer);

} // namespace asyncio::web::detail
