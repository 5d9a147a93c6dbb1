#include "../threads/concurrent_monitor.hpp"
#include "idle_threads.hpp"

#include <asyncio/detail/thread_pool.hpp>
#include <asyncio/error.hpp>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace asyncio::detail {
namespace {

class NativeThreadPool final : public ThreadPool {
public:
    explicit NativeThreadPool(unsigned max_workers) : max_workers_(max_workers) {}
    NativeThreadPool(const NativeThreadPool&) = delete;
    NativeThreadPool& operator=(const NativeThreadPool&) = delete;
    ~NativeThreadPool() override {
        NativeThreadPool::close();
        for (std::thread& finisher : finishers_) finisher.join();
        NativeThreadPool::finish();
    }

    void post(std::unique_ptr<Work> work) override {
        const std::scoped_lock lock(mutex_);
        if (closed_) throw RuntimeError("the executor was shut down: it accepts no new work");
        queue_.push_back(std::move(work));
        if (idle_ < queue_.size() && threads_.size() < max_workers_) start_thread();
        changed_.notify_one();
    }

    void close() override {
        const std::scoped_lock lock(mutex_);
        closed_ = true;
        changed_.notify_all();
    }

    void cancel_queued() override {
        std::deque<std::unique_ptr<Work>> queued;
        {
            const std::scoped_lock lock(mutex_);
            queued.swap(queue_);
        }
        for (const auto& work : queued) work->cancel();
    }

    void finish() override {
        // A second caller waits for the first, which owns the threads.
        const std::scoped_lock finishing(finishing_);
        std::vector<std::thread> threads;
        {
            const std::scoped_lock lock(mutex_);
            threads.swap(threads_);
        }
        for (std::thread& thread : threads) thread.join();
    }

    void finish_then(std::function<void()> done) override {
        const std::scoped_lock lock(mutex_);
        finishers_.emplace_back([this, done = std::move(done)] {
            finish();
            done();
        });
    }

private:
    void start_thread() {
        try {
            threads_.emplace_back([this] { work(); });
        } catch (const std::system_error&) {
            // The existing threads will run the work.
            if (!threads_.empty()) return;
            queue_.pop_back();
            throw;
        }
    }

    void work() {
        std::unique_lock lock(mutex_);
        for (;;) {
            while (queue_.empty()) {
                if (closed_) return;
                ++idle_;
                ++native::idle_threads;
                changed_.wait(lock);
                --native::idle_threads;
                --idle_;
            }
            std::unique_ptr<Work> work = std::move(queue_.front());
            queue_.pop_front();
            lock.unlock();
            work->run();
            work.reset();
            lock.lock();
        }
    }

    const std::size_t max_workers_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::unique_ptr<Work>> queue_;
    std::vector<std::thread> threads_;
    std::mutex finishing_;
    /// One for each loop that waits for the end.
    std::vector<std::thread> finishers_;
    std::size_t idle_ = 0;
    bool closed_ = false;
};

} // namespace

std::unique_ptr<ThreadPool> make_thread_pool(unsigned max_workers) {
    return std::make_unique<NativeThreadPool>(max_workers);
}

bool ConcurrentBase::block(std::optional<double> seconds) {
    std::unique_lock lock(monitor_->mutex);
    const auto done = [this] {
        return monitor_->state == WorkState::cancelled || monitor_->state == WorkState::finished;
    };
    if (seconds) return monitor_->changed.wait_for(lock, std::chrono::duration<double>(*seconds), done);
    monitor_->changed.wait(lock, done);
    return true;
}

} // namespace asyncio::detail
