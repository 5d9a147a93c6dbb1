/// The program's web servers as the page sees them, and the page's own connections to them.

#include "page_requests.hpp"

#include "../streams/network.hpp"
#include "../trace/server_log.hpp"

#include <asyncio/event_loop.hpp>

#include <cstddef>
#include <cstdint>
#include <emscripten.h>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace asyncio::browser {
namespace {

/// As web/program/worker/servers/servers.ts reads it.
enum class ConnectionState : std::uint32_t { open, ended, broken, refused };
struct Answer {
    const char* data = nullptr;
    std::uint32_t size = 0;
    ConnectionState state = ConnectionState::open;
};

/// A request of the page on a connection of its own. The connection is made in a turn of the server's loop, where its
/// task can be created.
class PageRequest : public std::enable_shared_from_this<PageRequest> {
public:
    explicit PageRequest(std::string bytes) : bytes_(std::move(bytes)) {}

    void send(std::uint16_t port) {
        loop_ = detail::loop_inside(port);
        if (loop_ == nullptr) return;
        inbox_ = loop_->inbox();
        loop_->call_soon(Context(), [weak = weak_from_this(), port] {
            if (const auto self = weak.lock()) self->connect(port);
        });
        loop_->backend().wake();
    }

    /// What has arrived since the last call; valid until the next.
    Answer take() {
        if (!has_loop()) return {.state = link_ ? ConnectionState::broken : ConnectionState::refused};
        if (refused_) return {.state = ConnectionState::refused};
        if (!link_) return {};
        detail::StreamBuffer& buffer = link_->buffer;
        taken_ = buffer.take(std::numeric_limits<std::size_t>::max());
        // There is room again, and the server may have waited for it.
        if (!taken_.empty()) loop_->backend().wake();
        ConnectionState state = ConnectionState::open;
        if (buffer.exception())
            state = ConnectionState::broken;
        else if (buffer.at_eof())
            state = ConnectionState::ended;
        return {.data = taken_.data(), .size = static_cast<std::uint32_t>(taken_.size()), .state = state};
    }

    void close() {
        link_.reset();
        if (has_loop()) loop_->backend().wake();
    }

private:
    void connect(std::uint16_t port) {
        link_ = detail::connect_inside(port);
        refused_ = link_ == nullptr;
        if (link_) link_->transport->write(std::exchange(bytes_, {}));
    }

    bool has_loop() const {
        return loop_ != nullptr && detail::is_alive(*loop_) && loop_->inbox() == inbox_.lock();
    }

    std::string bytes_;
    EventLoop* loop_ = nullptr;
    /// Distinguishes the loop from a later one at the same address.
    std::weak_ptr<detail::Inbox> inbox_;
    std::shared_ptr<detail::StreamLink> link_;
    std::string taken_;
    bool refused_ = false;
};

/// Never destroyed: requests may be open at the program's end.
std::map<std::uint32_t, std::shared_ptr<PageRequest>>& requests() {
    static auto& requests = *new std::map<std::uint32_t, std::shared_ptr<PageRequest>>;
    return requests;
}

} // namespace

bool page_can_send() noexcept {
    const detail::ServerLog* const log = detail::server_log();
    return log != nullptr && log->any_listens();
}

} // namespace asyncio::browser

// Called by the worker (web/program/worker/servers/servers.ts).
extern "C" {

/// Once, before the program starts: the page can send requests to its web servers.
EMSCRIPTEN_KEEPALIVE void asyncio_host_show_servers() {
    asyncio::detail::set_server_log(new asyncio::detail::ServerLog);
}

EMSCRIPTEN_KEEPALIVE void asyncio_host_watch_requests(bool on) { asyncio::detail::server_log()->watch(on); }

/// What has changed, as JSON, valid until the next call; null if nothing has.
EMSCRIPTEN_KEEPALIVE const char* asyncio_host_server_news() {
    static std::string news;
    news = asyncio::detail::server_log()->take_news();
    return news.empty() ? nullptr : news.c_str();
}

/// Sends the bytes to the server on the port, over a connection that this id identifies.
EMSCRIPTEN_KEEPALIVE void asyncio_host_send_request(std::uint32_t id, std::uint16_t port, const char* bytes,
                                                    std::size_t size) {
    const auto request = std::make_shared<asyncio::browser::PageRequest>(std::string(bytes, size));
    asyncio::browser::requests().insert_or_assign(id, request);
    request->send(port);
}

/// Valid until the next call.
EMSCRIPTEN_KEEPALIVE const asyncio::browser::Answer* asyncio_host_take_answer(std::uint32_t id) {
    static asyncio::browser::Answer answer;
    answer = asyncio::browser::requests().at(id)->take();
    return &answer;
}

/// Closes its connection.
EMSCRIPTEN_KEEPALIVE void asyncio_host_cancel_request(std::uint32_t id) {
    auto& requests = asyncio::browser::requests();
    const auto found = requests.find(id);
    if (found == requests.end()) return;
    found->second->close();
    requests.erase(found);
}
}
