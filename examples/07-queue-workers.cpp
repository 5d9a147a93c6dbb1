// Queues: workers share the work
#include <asyncio.hpp>
#include <print>
#include <random>
using namespace std::chrono_literals;

asyncio::Coro<> worker(std::string name, asyncio::Queue<int>& jobs, int& total) {
    for (;;) {
        const int job = co_await jobs.get();
        co_await asyncio::sleep(std::chrono::milliseconds(10 * job));
        std::println("{} has done job {}", name, job);
        total += job;
        jobs.task_done();
    }
}

asyncio::Coro<> amain() {
    asyncio::Queue<int> jobs;
    for (int job : {5, 3, 8, 1, 6}) jobs.put_nowait(job);

    int total = 0;
    std::vector<asyncio::Task<>> workers;
    for (std::string name : {"ann", "bob"}) workers.push_back(asyncio::create_task(worker(name, jobs, total)));

    co_await jobs.join();
    for (auto& task : workers) task.cancel();
    co_await asyncio::gather(asyncio::return_exceptions, workers);
    std::println("total: {}", total);
}

int main() {
    asyncio::run(amain());
}
