// A polite scraper: workers share a queue of links, and keep to the site's robots.txt
#include <asyncio.hpp>
#include <print>
#include <set>
namespace http = asyncio::http;

class Scraper {
public:
    asyncio::Coro<> run() {
        co_await read_robots();
        found("/");
        std::vector<asyncio::Task<>> workers;
        for (int i = 0; i < 3; ++i) workers.push_back(asyncio::create_task(work()));
        co_await links_.join();
        for (auto& worker : workers) worker.cancel();
        co_await asyncio::gather(asyncio::return_exceptions, workers);
    }

    std::set<std::string> seen;
    int links = 0;

private:
    asyncio::Coro<> work() {
        for (;;) {
            const std::string path = co_await links_.get();
            try {
                co_await visit(path);
            } catch (const http::ClientError& error) {
                std::println("{}: {}", path, error.what());
            }
            links_.task_done();
        }
    }

    asyncio::Coro<> visit(std::string path) {
        {
            auto turn = co_await turn_.scoped(); // one request at a time begins, and then a pause
            co_await asyncio::sleep(crawl_delay_);
        }
        auto response = co_await session_.get(path);
        response.raise_for_status();
        const std::string page = co_await response.text();
        const std::string mark = "href=\"";
        for (auto at = page.find(mark); at != std::string::npos; at = page.find(mark, at)) {
            at += mark.size();
            ++links;
            found(page.substr(at, page.find('"', at) - at));
        }
    }

    void found(std::string path) {
        if (path.starts_with(forbidden_) || !seen.insert(path).second) return;
        links_.put_nowait(path);
    }

    asyncio::Coro<> read_robots() {
        auto response = co_await session_.get("/robots.txt");
        auto lines = response.content().iter_lines();
        while (auto line = co_await lines.next()) {
            std::print("robots.txt: {}", *line);
            const auto value = line->find(' ') + 1;
            if (line->starts_with("Crawl-delay:")) crawl_delay_ = std::stod(line->substr(value));
            if (line->starts_with("Disallow:")) forbidden_ = line->substr(value, line->size() - value - 1);
        }
    }

    http::ClientSession session_{{.base_url = "https://pages.test", .raise_for_status = true}};
    asyncio::Queue<std::string> links_;
    asyncio::Lock turn_;
    double crawl_delay_ = 1;
    std::string forbidden_;
};

asyncio::Coro<> amain() {
    Scraper scraper;
    co_await scraper.run();
    std::println("{} pages, {} links", scraper.seen.size(), scraper.links);
}

int main() {
    asyncio::run(amain());
}
