// Testing with a fake: a session over a transport of your own, on a clock that needs no time
#include <asyncio.hpp>
#include <deque>
#include <print>
namespace http = asyncio::http;

// The function under test.
asyncio::Coro<std::string> weather(http::ClientSession& session, std::string city) {
    auto response = co_await http::retry([&] { return session.get("/weather", {.params = {{"city", city}}}); });
    if (response.status() == 404) co_return "nobody knows " + city;
    response.raise_for_status();
    const auto answer = co_await response.json();
    co_return std::format("{} degrees in {}", answer["degrees"].get<int>(), city);
}

struct Reply {
    int status;
    std::string body;
};

// Responds with prepared replies, and records the requests.
class FakeServer : public http::Transport {
public:
    explicit FakeServer(std::deque<Reply> replies) : replies_(std::move(replies)) {}
    std::unique_ptr<http::Exchange> open(const http::WireRequest& request) override {
        asked.push_back(request.url);
        auto exchange = std::make_unique<FakeExchange>(replies_.front());
        replies_.pop_front();
        return exchange;
    }
    std::vector<std::string> asked;

private:
    struct FakeExchange : http::Exchange {
        explicit FakeExchange(Reply reply) : reply_(std::move(reply)) {}
        asyncio::Coro<http::WireResponse> head() override { co_return http::WireResponse{.status = reply_.status}; }
        asyncio::Coro<std::optional<std::string>> read() override {
            if (reply_.body.empty()) co_return std::nullopt;
            co_return std::exchange(reply_.body, "");
        }
        Reply reply_;
    };
    std::deque<Reply> replies_;
};

asyncio::Coro<> check(std::string what, std::deque<Reply> replies, std::string expected, std::size_t requests) {
    auto server = std::make_shared<FakeServer>(std::move(replies));
    http::ClientSession session({.base_url = "https://weather.test", .transport = server});
    std::string got;
    try {
        got = co_await weather(session, "Bonn");
    } catch (const std::exception& error) {
        got = error.what();
    }
    const bool right = got == expected && server->asked.size() == requests &&
                       server->asked.front() == "https://weather.test/weather?city=Bonn";
    std::println("{} {}{}", right ? "ok    " : "FAILED", what, right ? "" : ": " + got);
}

asyncio::Coro<> amain() {
    co_await check("tells the weather", {{200, R"({"degrees": 21})"}}, "21 degrees in Bonn", 1);
    co_await check("tells when nobody knows", {{404, ""}}, "nobody knows Bonn", 1);
    co_await check("comes back to a busy server", {{503, ""}, {503, ""}, {200, R"({"degrees": -3})"}}, "-3 degrees in Bonn", 3);
}

int main() {
    asyncio::run(amain(), {.loop_factory = [] {
                     return std::make_unique<asyncio::EventLoop>(std::make_unique<asyncio::VirtualClock>());
                 }});
}
