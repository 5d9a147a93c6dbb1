#include <asyncio/error.hpp>
#include <asyncio/thread_pool_executor.hpp>

#include <algorithm>
#include <thread>
#include <utility>

namespace asyncio {
namespace {

int checked(std::optional<int> max_workers) {
    constexpr int beside_processors = 4;
    constexpr int most = 32;
    if (!max_workers)
        return std::min(most, static_cast<int>(std::thread::hardware_concurrency()) + beside_processors);
    if (*max_workers < 1)
        throw ValueError("a ThreadPoolExecutor needs at least one thread: max_workers >= 1");
    return *max_workers;
}

} // namespace

ThreadPoolExecutor::ThreadPoolExecutor(std::optional<int> max_workers)
    : pool_(detail::make_thread_pool(static_cast<unsigned>(checked(max_workers)))),
      max_workers_(checked(max_workers)) {}

ThreadPoolExecutor::~ThreadPoolExecutor() { shutdown(); }

void ThreadPoolExecutor::post(std::unique_ptr<detail::Work> work) { pool_->post(std::move(work)); }

void ThreadPoolExecutor::shutdown(ShutdownOptions options) {
    pool_->close();
    if (options.cancel_futures) pool_->cancel_queued();
    if (options.wait) pool_->finish();
}

void ThreadPoolExecutor::shutdown_then(std::function<void()> done) {
    pool_->close();
    pool_->finish_then(std::move(done));
}

} // namespace asyncio
