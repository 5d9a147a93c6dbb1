// The program of docs/timeline.svg: four pages over two connections, and a queue to what stores them.
#include <asyncio.hpp>
#include <chrono>
#include <print>
#include <string>
#include <thread>
using namespace std::chrono_literals;
using std::chrono::milliseconds;

struct Site {
    asyncio::Semaphore connections{2};
    asyncio::Queue<std::string> pages{1};
};

// With the time since the first line.
void say(const std::string& text) {
    static const double start = asyncio::get_running_loop().time();
    std::println("{:4.0f} ms  {}", 1000 * (asyncio::get_running_loop().time() - start), text);
}

asyncio::Coro<> load(std::string page, milliseconds answer, Site& site) {
    auto connection = co_await site.connections.scoped();
    say(page + ": asked for");
    co_await asyncio::sleep(answer);
    std::this_thread::sleep_for(100ms); // busy: no other task runs
    co_await site.pages.put(page);
}

asyncio::Coro<> store(Site& site) {
    for (;;) {
        std::string page = co_await site.pages.get();
        co_await asyncio::sleep(300ms);
        say(page + ": stored");
        site.pages.task_done();
    }
}

asyncio::Coro<> amain() {
    Site site;
    asyncio::current_task().set_name("main");
    auto storing = asyncio::create_task(store(site), "store");
    co_await asyncio::async_with(asyncio::TaskGroup(), [&](asyncio::TaskGroup& group) -> asyncio::Coro<> {
        group.create_task(load("A", 200ms, site), "load A");
        group.create_task(load("B", 200ms, site), "load B");
        group.create_task(load("C", 300ms, site), "load C");
        group.create_task(load("D", 200ms, site), "load D");
        co_return;
    });
    co_await site.pages.join();
    storing.cancel();
    say("all done");
}

int main() { asyncio::run(amain()); }
