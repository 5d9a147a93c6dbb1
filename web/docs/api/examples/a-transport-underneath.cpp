// A transport underneath: every request of a session goes through it
#include <asyncio.hpp>
#include <print>
namespace http = asyncio::http;

class Telling final : public http::Transport {
public:
    std::unique_ptr<http::Exchange> open(const http::WireRequest& request) override {
        std::println("{} {}", request.method, request.url);
        const http::HeaderList& headers = request.headers;
        for (const auto& [name, value] : headers)
            if (name == "X-Trace") std::println("with {}: {}", name, value);
        return network_->open(request);
    }
    bool can_stream() const override { return network_->can_stream(); }

private:
    std::shared_ptr<http::Transport> network_ = http::default_transport();
};

asyncio::Coro<> amain() {
    const http::SessionOptions options{.base_url = "https://httpbin.test",
                                       .headers = {{"X-Trace", "7"}},
                                       .transport = std::make_shared<Telling>()};
    http::ClientSession session(options);
    auto response = co_await session.get("/get");
    std::println("{}", response.status());
}

int main() { asyncio::run(amain()); }
