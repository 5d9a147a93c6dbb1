#include "server_log.hpp"

#include <asyncio/detail/task_base.hpp>
#include <asyncio/event_loop.hpp>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace asyncio::detail {
namespace {

constexpr double microseconds_per_second = 1e6;

// NOLINTNEXTLINE(*-avoid-non-const-global-variables): thread-local
constinit thread_local ServerLog* current_log = nullptr;

std::string shortened(std::string_view text) { return std::string(text.substr(0, ServerLog::longest_text)); }

double time_of(EventLoop& loop) { return loop.backend().peek_time() * microseconds_per_second; }

} // namespace

ServerLog* server_log() noexcept { return current_log; }
void set_server_log(ServerLog* log) noexcept { current_log = log; }

bool ServerLog::Listed::is_listening() const {
    return site.is_serving() && is_alive(*loop) && loop->inbox() == inbox.lock();
}

void ServerLog::listens(std::string url, const Server& site, std::vector<ServerRoute> routes) {
    const std::size_t left_out = routes.size() - std::min(routes.size(), most_routes);
    routes.resize(routes.size() - left_out);
    for (ServerRoute& route : routes) route = {shortened(route.method), shortened(route.pattern)};
    make_room();
    EventLoop& loop = get_running_loop();
    servers_.push_back({.number = ++last_server_,
                        .url = shortened(url),
                        .site = site,
                        .loop = &loop,
                        .inbox = loop.inbox(),
                        .routes = std::move(routes),
                        .routes_left_out = left_out,
                        .told_listening = true});
    has_new_server_ = true;
}

/// Forgets one that has ended, or else the oldest.
void ServerLog::make_room() {
    if (servers_.size() < most_servers) return;
    const auto ended = std::ranges::find_if_not(servers_, &Listed::is_listening);
    servers_.erase(ended == servers_.end() ? servers_.begin() : ended);
}

bool ServerLog::any_listens() const { return std::ranges::any_of(servers_, &Listed::is_listening); }

std::uint32_t ServerLog::begin(std::string_view server, std::string_view method, std::string_view target) {
    if (requests_.size() == most_requests) requests_.pop_front();
    TaskBase& task = require_current_task();
    requests_.push_back({.number = ++last_request_,
                         .server = shortened(server),
                         .method = shortened(method),
                         .target = shortened(target),
                         .status = 0,
                         .state = State::open,
                         .begun = time_of(task.loop()),
                         .took = 0,
                         .task = task.id(),
                         .task_name = shortened(task.name()),
                         .is_news = true});
    has_news_ = true;
    return last_request_;
}

void ServerLog::end(std::uint32_t number, int status, bool whole, EventLoop& loop) {
    // Numbers have no gaps.
    if (requests_.empty() || number < requests_.front().number) return;
    Served& request = requests_[number - requests_.front().number];
    request.status = status;
    request.state = whole ? State::answered : State::broken;
    request.took = std::max(time_of(loop) - request.begun, 0.0);
    request.is_news = true;
    has_news_ = true;
}

const char* ServerLog::name_of(State state) noexcept {
    switch (state) {
    case State::open: return "open";
    case State::answered: return "answered";
    case State::broken: return "broken";
    }
    std::unreachable();
}

std::string ServerLog::take_news() {
    using nlohmann::json;
    const bool servers_changed =
        std::exchange(has_new_server_, false) || std::ranges::any_of(servers_, [](const Listed& server) {
            return server.is_listening() != server.told_listening;
        });
    if (!servers_changed && !std::exchange(has_news_, false)) return "";
    has_news_ = false;
    json news = {{"requests", json::array()}};
    for (Served& request : requests_) {
        if (!std::exchange(request.is_news, false)) continue;
        news["requests"].push_back({{"number", request.number},
                                    {"server", request.server},
                                    {"method", request.method},
                                    {"target", request.target},
                                    {"status", request.status},
                                    {"state", name_of(request.state)},
                                    {"took", request.took},
                                    {"task", request.task},
                                    {"taskName", request.task_name}});
    }
    if (servers_changed) {
        json& servers = news["servers"] = json::array();
        for (Listed& server : servers_) {
            server.told_listening = server.is_listening();
            json routes = json::array();
            for (const ServerRoute& route : server.routes)
                routes.push_back({{"method", route.method}, {"pattern", route.pattern}});
            servers.push_back({{"number", server.number},
                               {"url", server.url},
                               {"port", server.site.port()},
                               {"listening", server.told_listening},
                               {"routes", std::move(routes)},
                               {"routesLeftOut", server.routes_left_out}});
        }
    }
    // Texts come from the program and its clients, and need not be UTF-8.
    return news.dump(-1, ' ', false, json::error_handler_t::replace);
}

LoggedRequest::LoggedRequest(std::string_view server, std::string_view method, std::string_view target) {
    ServerLog* const log = server_log();
    if (log == nullptr || !log->is_watched()) return;
    log_ = log;
    loop_ = &get_running_loop();
    number_ = log->begin(server, method, target);
}

void LoggedRequest::tell(int status, bool whole) {
    std::exchange(log_, nullptr)->end(number_, status, whole, *loop_);
}

} // namespace asyncio::detail
