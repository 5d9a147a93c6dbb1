// A task manager: jobs by name, a limited number at a time, each watched to its end
#include <asyncio.hpp>
#include <map>
#include <print>
#include <stdexcept>
using namespace std::chrono_literals;

class TaskManager {
public:
    explicit TaskManager(int at_once) : slots_(at_once) {}

    void submit(std::string name, asyncio::Coro<int> job) {
        started_[name] = false;
        tasks_.emplace(name, asyncio::create_task(run(name, std::move(job)), name));
    }
    void cancel(const std::string& name) { tasks_.at(name).cancel(); }
    asyncio::Coro<> wait_all() {
        std::vector<asyncio::Task<int>> all;
        for (auto& [name, task] : tasks_) all.push_back(task);
        co_await asyncio::gather(asyncio::return_exceptions, all);
    }

    std::string status(const std::string& name) const {
        const auto& task = tasks_.at(name);
        if (!task.done()) return started_.at(name) ? "running" : "waiting";
        if (task.cancelled()) return "cancelled";
        try {
            return "done: " + std::to_string(task.result());
        } catch (const std::exception& error) {
            return std::string("failed: ") + error.what();
        }
    }
    void print() const {
        for (const auto& [name, task] : tasks_) std::println("  {:<6} {}", name, status(name));
    }

private:
    asyncio::Coro<int> run(std::string name, asyncio::Coro<int> job) {
        auto slot = co_await slots_.scoped();
        started_[name] = true;
        co_return co_await std::move(job);
    }

    asyncio::Semaphore slots_;
    std::map<std::string, bool> started_;
    std::map<std::string, asyncio::Task<int>> tasks_;
};

asyncio::Coro<int> add(int a, int b) {
    co_await asyncio::sleep(20ms);
    co_return a + b;
}
asyncio::Coro<int> fail() {
    co_await asyncio::sleep(20ms);
    throw std::runtime_error("no such file");
}
asyncio::Coro<int> forever() {
    co_await asyncio::Event().wait();
    co_return 0;
}

asyncio::Coro<> amain() {
    TaskManager jobs(2);
    jobs.submit("count", forever());
    jobs.submit("add", add(2, 3));
    jobs.submit("read", fail());
    jobs.submit("sum", add(40, 2));
    co_await asyncio::sleep(0);
    std::println("at first:");
    jobs.print();

    co_await asyncio::sleep(500ms);
    std::println("later:");
    jobs.print();

    jobs.cancel("count");
    co_await jobs.wait_all();
    std::println("at the end:");
    jobs.print();
}

int main() {
    asyncio::run(amain());
}
