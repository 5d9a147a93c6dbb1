#pragma once

#include <asyncio/detail/inbox.hpp>
#include <asyncio/streams/server.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace asyncio {
class EventLoop;
}

namespace asyncio::detail {

struct ServerRoute {
    /// "*": any.
    std::string method;
    std::string pattern;
};

/// The program's web servers and the requests that they receive, for an observer. Bounded: of all of it the newest is
/// kept. Requests are recorded only while they are watched.
class ServerLog {
public:
    static constexpr std::size_t most_servers = 20;
    static constexpr std::size_t most_routes = 200;
    static constexpr std::size_t most_requests = 200;
    /// In bytes.
    static constexpr std::size_t longest_text = 1000;

    /// A web server of the running loop has begun to listen.
    void listens(std::string url, const Server& site, std::vector<ServerRoute> routes);
    /// Whether any of them listens now.
    bool any_listens() const;

    void watch(bool on) noexcept { watched_ = on; }
    bool is_watched() const noexcept { return watched_; }

    /// The running task has read the head of a request. Returns its number.
    std::uint32_t begin(std::string_view server, std::string_view method, std::string_view target);
    /// `status` 0: nothing was answered. `whole`: all of the answer was sent.
    void end(std::uint32_t number, int status, bool whole, EventLoop& loop);

    /// What has changed since the last call, as JSON (web/protocol/servers.ts); empty if nothing has.
    std::string take_news();

private:
    struct Listed {
        std::uint32_t number;
        std::string url;
        Server site;
        EventLoop* loop;
        /// Distinguishes the loop from a later one at the same address.
        std::weak_ptr<Inbox> inbox;
        std::vector<ServerRoute> routes;
        std::size_t routes_left_out;
        /// As it was told.
        bool told_listening;

        bool is_listening() const;
    };

    enum class State : std::uint8_t { open, answered, broken };
    struct Served {
        std::uint32_t number;
        std::string server;
        std::string method;
        std::string target;
        int status;
        State state;
        /// Microseconds on the program's clock.
        double begun;
        double took;
        std::uint32_t task;
        std::string task_name;
        bool is_news;
    };

    static const char* name_of(State state) noexcept;
    void make_room();

    std::deque<Listed> servers_;
    /// In the order of their numbers.
    std::deque<Served> requests_;
    std::uint32_t last_server_ = 0;
    std::uint32_t last_request_ = 0;
    bool has_new_server_ = false;
    bool has_news_ = false;
    bool watched_ = false;
};

/// The log of this thread's servers; null unless someone may look at it.
ServerLog* server_log() noexcept;
void set_server_log(ServerLog* log) noexcept;

/// A request that a server answers: in the log, if that is watched, from here to end().
class LoggedRequest {
public:
    LoggedRequest(std::string_view server, std::string_view method, std::string_view target);
    LoggedRequest(const LoggedRequest&) = delete;
    LoggedRequest& operator=(const LoggedRequest&) = delete;
    /// The handler was cancelled, or its loop closed.
    ~LoggedRequest() { end(0, false); }

    /// Only the first call counts.
    void end(int status, bool whole) {
        if (log_ != nullptr) tell(status, whole);
    }

private:
    void tell(int status, bool whole);

    ServerLog* log_ = nullptr;
    EventLoop* loop_ = nullptr;
    std::uint32_t number_ = 0;
};

} // namespace asyncio::detail
