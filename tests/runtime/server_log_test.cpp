#include "support.hpp"

#include "../../runtime/src/streams/network.hpp"
#include "../../runtime/src/trace/server_log.hpp"

#include <asyncio/web.hpp>

#include <chrono>
#include <functional>
#include <string>

namespace asyncio::test {
namespace {

using namespace std::chrono_literals;
using detail::ServerLog;
using web::Application;
using web::Request;
using web::Response;
using web::TestClient;

/// A log that is in force during its lifetime.
class LogInForce {
public:
    explicit LogInForce(bool watched = true) {
        log.watch(watched);
        detail::set_server_log(&log);
    }
    ~LogInForce() { detail::set_server_log(nullptr); }
    LogInForce(const LogInForce&) = delete;
    LogInForce& operator=(const LogInForce&) = delete;

    Json news() {
        const std::string text = log.take_news();
        return text.empty() ? Json() : Json::parse(text);
    }

    ServerLog log;
};

Coro<Response> hello(Request&) { co_return Response{.text = "hello"}; }
Coro<Response> slow(Request&) {
    co_await sleep(2s);
    co_return Response{.status = 201, .text = "late"};
}
Coro<Response> never(Request&) {
    co_await Event().wait();
    co_return Response{};
}

Application hello_app() {
    Application app;
    app.router().add_get("/", hello);
    app.router().add_get("/slow", slow);
    app.router().add_get("/never", never);
    return app;
}

Coro<> with_client(Application app, std::function<Coro<>(TestClient&)> body) {
    co_await async_with(TestClient(std::move(app)), std::move(body));
}

std::string patterns(const Json& server) {
    std::string all;
    for (const Json& route : server["routes"])
        all += route["method"].get<std::string>() + " " + route["pattern"].get<std::string>() + "\n";
    return all;
}

CO_TEST(ServerLog, lists_a_server_with_its_routes_and_tells_when_it_is_closed) {
    LogInForce in_force(false);
    Application below;
    below.router().add_post("/users", hello);
    Application app;
    app.router().add_get(R"(/notes/{id:\d+})", hello);
    app.router().add_head("/only", hello);
    app.router().add_route("*", "/any", hello);
    app.router().add_static("/static", ".");
    app.add_subapp("/api", below);
    std::uint16_t port = 0;
    co_await with_client(app, [&](TestClient& client) -> Coro<> {
        port = client.port();
        EXPECT_TRUE(in_force.log.any_listens());
        const Json server = in_force.news()["servers"][0];
        EXPECT_EQ(server["number"], 1);
        EXPECT_EQ(server["url"], "http://127.0.0.1:" + std::to_string(port));
        EXPECT_EQ(server["port"], port);
        EXPECT_EQ(server["listening"], true);
        EXPECT_EQ(patterns(server),
                  "GET /notes/{id:\\d+}\nHEAD /only\n* /any\nGET /static/{file:.+}\nPOST /api/users\n");
        EXPECT_TRUE(in_force.news().is_null());
        co_return;
    });
    EXPECT_FALSE(in_force.log.any_listens());
    EXPECT_EQ(in_force.news()["servers"][0]["listening"], false);
    EXPECT_TRUE(in_force.news().is_null());
}

CO_TEST(ServerLog, records_a_request_from_its_head_to_the_end_of_its_answer) {
    LogInForce in_force;
    co_await with_client(hello_app(), [&](TestClient& client) -> Coro<> {
        (void)in_force.news();
        const Task<http::ClientResponse> asking = create_task(client.get("/slow?q=1"));
        co_await sleep(1s);
        const Json open = in_force.news()["requests"];
        EXPECT_EQ(open.size(), 1u);
        EXPECT_EQ(open[0]["method"], "GET");
        EXPECT_EQ(open[0]["target"], "/slow?q=1");
        EXPECT_EQ(open[0]["server"], "127.0.0.1:" + std::to_string(client.port()));
        EXPECT_EQ(open[0]["state"], "open");
        EXPECT_EQ(open[0]["status"], 0);
        co_await asking;
        const Json done = in_force.news()["requests"];
        EXPECT_EQ(done.size(), 1u);
        EXPECT_EQ(done[0]["number"], open[0]["number"]);
        EXPECT_EQ(done[0]["state"], "answered");
        EXPECT_EQ(done[0]["status"], 201);
        EXPECT_NEAR(done[0]["took"].get<double>(), 2e6, 1);
        EXPECT_TRUE(in_force.news().is_null());
    });
}

CO_TEST(ServerLog, names_the_task_of_the_connection) {
    LogInForce in_force;
    Application app;
    std::uint32_t id = 0;
    std::string name;
    app.router().add_get("/", [&](Request&) -> Coro<Response> {
        id = current_task().ref()->as_task()->id();
        name = current_task().get_name();
        co_return Response{};
    });
    co_await with_client(app, [&](TestClient& client) -> Coro<> {
        co_await client.get("/");
        const Json request = in_force.news()["requests"][0];
        EXPECT_EQ(request["task"], id);
        EXPECT_EQ(request["taskName"], name);
    });
}

CO_TEST(ServerLog, records_what_was_refused_what_failed_and_what_was_cancelled) {
    LogInForce in_force;
    Application app = hello_app();
    app.router().add_get("/bug", [](Request&) -> Coro<Response> {
        throw ValueError("a bug");
        co_return Response{};
    });
    const Reports reports;
    co_await with_client(app, [&](TestClient& client) -> Coro<> {
        co_await client.get("/none");
        co_await client.get("/bug");
        auto [reader, writer] = co_await open_connection("127.0.0.1", client.port());
        writer.write("GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        co_await reader.read();
        const Json requests = in_force.news()["requests"];
        EXPECT_EQ(requests.size(), 3u);
        EXPECT_EQ(requests[0]["status"], 404);
        EXPECT_EQ(requests[1]["status"], 500);
        EXPECT_EQ(requests[2]["status"], 400);
        EXPECT_EQ(requests[2]["target"], "/%zz");
        const Task<http::ClientResponse> asking = create_task(client.get("/never"));
        co_await sleep(1s);
        EXPECT_EQ(in_force.news()["requests"][0]["state"], "open");
        for (const AnyTask& task : all_tasks())
            if (task != current_task() && task != asking && task.get_name().starts_with("Task-"))
                (void)task.cancel();
        CO_EXPECT_RAISES(co_await asking, http::ClientConnectionError);
        const Json cancelled = in_force.news()["requests"];
        EXPECT_EQ(cancelled[0]["state"], "broken");
        EXPECT_EQ(cancelled[0]["status"], 0);
    });
}

CO_TEST(ServerLog, records_nothing_unless_it_is_watched) {
    LogInForce in_force(false);
    co_await with_client(hello_app(), [&](TestClient& client) -> Coro<> {
        co_await client.get("/");
        EXPECT_EQ(in_force.news()["requests"].size(), 0u);
        in_force.log.watch(true);
        co_await client.get("/");
        EXPECT_EQ(in_force.news()["requests"].size(), 1u);
        // One that began while it was watched is told to its end.
        const Task<http::ClientResponse> asking = create_task(client.get("/slow"));
        co_await sleep(1s);
        in_force.log.watch(false);
        co_await asking;
        EXPECT_EQ(in_force.news()["requests"][0]["state"], "answered");
        co_await client.get("/");
        EXPECT_TRUE(in_force.news().is_null());
    });
}

CO_TEST(ServerLog, keeps_the_newest_requests_with_bounded_texts) {
    LogInForce in_force;
    co_await with_client(hello_app(), [&](TestClient& client) -> Coro<> {
        const Task<http::ClientResponse> oldest = create_task(client.get("/slow"));
        co_await sleep(1s);
        constexpr int count = 250;
        for (int i = 0; i < count; ++i) co_await client.get("/" + std::string(1100, 'x'));
        const Json requests = in_force.news()["requests"];
        EXPECT_EQ(requests.size(), ServerLog::most_requests);
        EXPECT_EQ(requests.back()["number"], count + 1);
        EXPECT_EQ(requests[0]["target"].get<std::string>().size(), ServerLog::longest_text);
        // The end of one that has been dropped is no news.
        co_await oldest;
        EXPECT_TRUE(in_force.news().is_null());
    });
}

CO_TEST(ServerLog, keeps_a_bounded_number_of_servers_and_routes_those_that_listen_first) {
    LogInForce in_force;
    Application app;
    for (int i = 0; i < 250; ++i) app.router().add_get("/" + std::to_string(i), hello);
    web::AppRunner runner(app);
    co_await async_with(runner, [&]() -> Coro<> {
        web::TCPSite stays(runner, "127.0.0.1", 8080);
        co_await stays.start();
        const Json server = in_force.news()["servers"][0];
        EXPECT_EQ(server["routes"].size(), ServerLog::most_routes);
        EXPECT_EQ(server["routesLeftOut"], 50);
        for (int i = 0; i < 30; ++i) {
            web::TCPSite goes(runner, "127.0.0.1", 0);
            co_await goes.start();
            goes.stop();
        }
        const Json servers = in_force.news()["servers"];
        EXPECT_EQ(servers.size(), ServerLog::most_servers);
        EXPECT_EQ(servers[0]["port"], 8080);
        EXPECT_EQ(servers.back()["number"], 31);
    });
}

TEST(ServerLog, does_not_list_a_server_whose_loop_is_gone_as_listening) {
    LogInForce in_force;
    run_virtual([]() -> Coro<> {
        // Never cleaned up.
        web::AppRunner runner(hello_app());
        co_await runner.setup();
        web::TCPSite site(runner, "127.0.0.1", 8080);
        co_await site.start();
    }());
    EXPECT_FALSE(in_force.log.any_listens());
    EXPECT_EQ(in_force.news()["servers"][0]["listening"], false);
}

// Connections from outside of the tasks.

CO_TEST(LoopbackNetwork, connects_from_outside_of_the_tasks) {
    co_await with_client(hello_app(), [](TestClient& client) -> Coro<> {
        EXPECT_EQ(detail::loop_inside(client.port()), &get_running_loop());
        const std::size_t tasks = all_tasks().size();
        const std::shared_ptr<detail::StreamLink> link = detail::connect_inside(client.port());
        link->transport->write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        EXPECT_EQ(all_tasks().size(), tasks + 1);
        EXPECT_EQ(link->buffer.take(10), "");
        co_await sleep(1s);
        EXPECT_EQ(link->buffer.take(15), "HTTP/1.1 200 OK");
        EXPECT_TRUE(link->buffer.take(1000).ends_with("\r\n\r\nhello"));
        EXPECT_TRUE(link->buffer.at_eof());
    });
}

CO_TEST(LoopbackNetwork, has_no_connection_to_a_port_without_a_server) {
    EXPECT_EQ(detail::connect_inside(8080), nullptr);
    EXPECT_EQ(detail::loop_inside(8080), nullptr);
    co_return;
}

} // namespace
} // namespace asyncio::test
