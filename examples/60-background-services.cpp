// Background services: press Stop, which cancels the main task, and everyone gets to clean up
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<> heartbeat() {
    try {
        for (;;) co_await asyncio::sleep(20ms);
    } catch (const asyncio::CancelledError&) {
        std::println("heartbeat: stopped");
        throw;
    }
}

// Collects records and would write them now and then; the records left at the end are not lost.
asyncio::Coro<> recorder(asyncio::Queue<std::string>& records) {
    std::vector<std::string> unwritten;
    std::exception_ptr cancelled;
    try {
        for (;;) unwritten.push_back(co_await records.get());
    } catch (const asyncio::CancelledError&) {
        cancelled = std::current_exception();
    }
    co_await asyncio::sleep(20ms);
    std::println("recorder: {} records written", unwritten.size());
    std::rethrow_exception(cancelled);
}

asyncio::Coro<> amain() {
    asyncio::Queue<std::string> records;
    // Press Stop: it calls this. After a while a timer does.
    asyncio::get_running_loop().call_later(2s, asyncio::interrupt_running_loop);
    try {
        co_await asyncio::async_with(asyncio::TaskGroup(), [&](asyncio::TaskGroup& services) -> asyncio::Coro<> {
            services.create_task(heartbeat(), "heartbeat");
            services.create_task(recorder(records), "recorder");
            for (std::string record : {"one", "two", "three"}) co_await records.put(record);
            std::println("all services run");
        });
    } catch (const asyncio::CancelledError&) {
        std::println("all services have ended");
    }
}

int main() {
    asyncio::run(amain());
}
