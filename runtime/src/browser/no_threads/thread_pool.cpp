#include "../../threads/concurrent_monitor.hpp"

#include <asyncio/detail/thread_pool.hpp>
#include <asyncio/error.hpp>
#include <asyncio/event_loop.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <deque>
#include <utility>

/// Executors in a program without threads: all their work is in one queue, and the loop runs one item after
/// each turn. In pages with threads, src/native/thread_pool.cpp is used instead.

namespace asyncio::detail {
namespace {

struct Entry {
    const ThreadPool* pool;
    std::unique_ptr<Work> work;
};

std::deque<Entry> row;
bool turn_is_set = false;
bool working = false;

void say_so_once() {
    if (static bool said = false; !std::exchange(said, true))
        std::fputs("This page has no threads: work for executors and to_thread() runs on the event loop, "
                   "between its turns, and blocks all other tasks until it returns.\n",
                   stderr);
}

/// Runs the work as a thread would: without a loop or a task, in its own context.
void run_apart(Work& work) {
    const bool outer = std::exchange(working, true);
    EventLoop* const loop = std::exchange(running_loop, nullptr);
    TaskBase* const task = std::exchange(running_task, nullptr);
    PromiseBase* const promise = std::exchange(running_promise, nullptr);
    {
        ContextSlot own;
        const ContextScope scope(own);
        work.run();
    }
    running_promise = promise;
    running_task = task;
    running_loop = loop;
    working = outer;
}

/// Runs the first work item in the queue, of `pool` if given; returns false if there is none.
bool do_one(const ThreadPool* pool = nullptr) {
    const auto found =
        std::ranges::find_if(row, [&](const Entry& entry) { return pool == nullptr || entry.pool == pool; });
    if (found == row.end()) return false;
    const std::unique_ptr<Work> work = std::move(found->work);
    row.erase(found);
    run_apart(*work);
    return true;
}

void set_turn(EventLoop& loop);

/// Destroyed with the callback, also if the loop is closed without calling it.
class Turn {
public:
    explicit Turn(EventLoop& loop) noexcept : loop_(&loop) { turn_is_set = true; }
    Turn(Turn&& other) noexcept : loop_(std::exchange(other.loop_, nullptr)) {}
    Turn& operator=(Turn&&) = delete;
    ~Turn() {
        if (loop_ != nullptr) turn_is_set = false;
    }
    void operator()() {
        do_one();
        EventLoop& loop = *std::exchange(loop_, nullptr);
        turn_is_set = false;
        if (!row.empty()) set_turn(loop);
    }

private:
    EventLoop* loop_;
};

void set_turn(EventLoop& loop) {
    // Work runs in its own context only.
    loop.call_soon(Context(), Turn(loop));
}

/// Runs after all work that was queued before it.
class Afterwards final : public Work {
public:
    explicit Afterwards(std::function<void()> function) : function_(std::move(function)) {}
    void run() noexcept override { function_(); }
    void cancel() noexcept override {}

private:
    std::function<void()> function_;
};

class PoolWithoutThreads final : public ThreadPool {
public:
    PoolWithoutThreads() = default;
    PoolWithoutThreads(const PoolWithoutThreads&) = delete;
    PoolWithoutThreads& operator=(const PoolWithoutThreads&) = delete;
    ~PoolWithoutThreads() override { PoolWithoutThreads::finish(); }

    void post(std::unique_ptr<Work> work) override {
        if (closed_) throw RuntimeError("the executor was shut down: it accepts no new work");
        say_so_once();
        append(std::move(work));
    }
    void close() override { closed_ = true; }
    void cancel_queued() override {
        std::deque<Entry> queued;
        for (Entry& entry : row)
            if (entry.pool == this) queued.push_back(std::move(entry));
        std::erase_if(row, [](const Entry& entry) { return entry.work == nullptr; });
        for (const Entry& entry : queued) entry.work->cancel();
    }
    void finish() override {
        while (do_one(this)) {
        }
    }
    void finish_then(std::function<void()> done) override {
        append(std::make_unique<Afterwards>(std::move(done)));
    }

private:
    void append(std::unique_ptr<Work> work) {
        row.push_back({.pool = this, .work = std::move(work)});
        if (turn_is_set || working) return;
        if (running_loop != nullptr)
            set_turn(*running_loop);
        else
            finish();
    }

    bool closed_ = false;
};

} // namespace

std::unique_ptr<ThreadPool> make_thread_pool(unsigned) { return std::make_unique<PoolWithoutThreads>(); }

bool ConcurrentBase::block(std::optional<double> seconds) {
    using Clock = std::chrono::steady_clock;
    const auto begin = Clock::now();
    while (!done()) {
        if (seconds && std::chrono::duration<double>(Clock::now() - begin).count() >= *seconds) return false;
        if (!do_one())
            throw RuntimeError("result() would block forever: without threads nothing can complete the work "
                               "while it blocks. co_await wrap_future() instead");
    }
    return true;
}

} // namespace asyncio::detail
