#pragma once

#include "support.hpp"

#include <deque>
#include <functional>

namespace asyncio::test {

/// A server for tests: records requests and sends prepared responses.
class FakeTransport final : public http::Transport {
public:
    struct Reply {
        http::WireResponse head{.status = 200, .reason = "OK"};
        std::vector<std::string> pieces = {};
        /// Seconds before the headers, and before each piece.
        double head_after = 0;
        double piece_after = 0;
        /// Raised instead of the headers, and instead of the end of the body.
        std::exception_ptr refused = {};
        std::exception_ptr broken = {};
    };

    /// In order; the last one is repeated for ever.
    std::deque<Reply> replies{Reply{}};
    std::vector<http::WireRequest> requests = {};
    int open_now = 0;
    int most_open = 0;
    int pieces_read = 0;
    /// Whether request bodies are read in pieces, how many are wanted, and the received ones.
    bool streams = false;
    std::size_t most_pieces = 1000;
    std::vector<std::string> pieces_sent = {};
    bool body_ended = false;

    bool can_stream() const override { return streams; }
    std::unique_ptr<http::Exchange> open(const http::WireRequest& request) override {
        requests.push_back(request);
        Reply reply = replies.front();
        if (replies.size() > 1) replies.pop_front();
        if (reply.head.url.empty()) reply.head.url = request.url;
        return std::make_unique<FakeExchange>(*this, std::move(reply));
    }

private:
    class FakeExchange final : public http::Exchange {
    public:
        FakeExchange(FakeTransport& server, Reply reply) : server_(server), reply_(std::move(reply)) {
            server_.most_open = std::max(server_.most_open, ++server_.open_now);
        }
        FakeExchange(const FakeExchange&) = delete;
        FakeExchange& operator=(const FakeExchange&) = delete;
        ~FakeExchange() override { --server_.open_now; }

        Coro<bool> write(std::optional<std::string> piece) override {
            co_await sleep(1);
            if (!piece)
                server_.body_ended = true;
            else if (server_.pieces_sent.size() == server_.most_pieces)
                co_return false;
            else
                server_.pieces_sent.push_back(std::move(*piece));
            co_return true;
        }
        Coro<http::WireResponse> head() override {
            co_await sleep(reply_.head_after);
            if (reply_.refused) std::rethrow_exception(reply_.refused);
            co_return reply_.head;
        }
        Coro<std::optional<std::string>> read() override {
            co_await sleep(reply_.piece_after);
            if (next_ < reply_.pieces.size()) {
                ++server_.pieces_read;
                co_return reply_.pieces[next_++];
            }
            if (reply_.broken) std::rethrow_exception(reply_.broken);
            co_return std::nullopt;
        }

    private:
        FakeTransport& server_;
        Reply reply_;
        std::size_t next_ = 0;
    };
};

inline http::SessionOptions over(std::shared_ptr<FakeTransport> server) {
    return {.base_url = "https://example.test", .transport = std::move(server)};
}

} // namespace asyncio::test
