#include <asyncio/detail/inbox.hpp>

#include <utility>

namespace asyncio::detail {

bool Inbox::put(Entry entry) {
    // The loop cannot be destroyed between the entry and the wake, since it closes its inbox first.
    const std::scoped_lock lock(mutex_);
    if (backend_ == nullptr) return false;
    entries_.push_back(std::move(entry));
    filled_.store(true, std::memory_order_release);
    backend_->wake();
    return true;
}

std::vector<Inbox::Entry> Inbox::take() {
    const std::scoped_lock lock(mutex_);
    filled_.store(false, std::memory_order_release);
    return std::exchange(entries_, {});
}

void Inbox::close() noexcept {
    std::vector<Entry> left;
    {
        const std::scoped_lock lock(mutex_);
        backend_ = nullptr;
        left.swap(entries_);
    }
}

bool Inbox::closed() noexcept {
    const std::scoped_lock lock(mutex_);
    return backend_ == nullptr;
}

} // namespace asyncio::detail
