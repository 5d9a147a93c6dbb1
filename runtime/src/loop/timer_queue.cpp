#include "order.hpp"

#include <asyncio/detail/timer_queue.hpp>

#include <vector>

namespace asyncio::detail {
namespace {

// Four children per node: a shallower heap, whose siblings share a cache line.
constexpr std::size_t arity = 4;
// Cancelled entries are swept when there are many and they are the majority.
constexpr std::size_t sweep_at_least = 100;

} // namespace

TimerQueue::Slot TimerQueue::add(double when, Callback& callback) {
    Slot slot = no_slot;
    if (free_slots_.empty()) {
        slot = static_cast<Slot>(slots_.size());
        slots_.push_back(&callback);
    } else {
        slot = free_slots_.back();
        free_slots_.pop_back();
        slots_[slot] = &callback;
    }
    const Entry entry{.when = when, .order = next_order_++, .slot = slot};
    if (row_.empty() || !entry.before(row_.back())) {
        row_.push_back(entry);
    } else {
        heap_.push_back(entry);
        sift_up(heap_.size() - 1);
    }
    return slot;
}

void TimerQueue::cancel(Slot slot) noexcept {
    slots_[slot] = nullptr;
    ++cancelled_;
    if (cancelled_ > sweep_at_least && cancelled_ > size() / 2) drop_all_cancelled();
}

double TimerQueue::next_due() { return earliest()->when; }

void TimerQueue::collect_due(double limit, CallbackList& ready, Order* order) {
    if (order != nullptr) [[unlikely]] {
        std::vector<Callback*> together;
        for (const Entry* entry = earliest(); entry != nullptr && entry->when <= limit;) {
            const double when = entry->when;
            for (; entry != nullptr && entry->when == when; entry = earliest())
                together.push_back(&take(*entry));
            order->shuffle(together);
            for (Callback* callback : together) ready.push_back(*callback);
            together.clear();
        }
        return;
    }
    for (const Entry* entry = earliest(); entry != nullptr && entry->when <= limit; entry = earliest())
        ready.push_back(take(*entry));
}

Callback* TimerQueue::take_any() noexcept {
    const Entry* entry = earliest();
    return entry == nullptr ? nullptr : &take(*entry);
}

/// The first live one, null if there is none. Removes the cancelled ones before it.
const TimerQueue::Entry* TimerQueue::earliest() noexcept {
    for (; !row_.empty() && is_cancelled(row_.front()); --cancelled_) remove_front();
    for (; !heap_.empty() && is_cancelled(heap_.front()); --cancelled_) remove_top();
    if (heap_.empty()) return row_.empty() ? nullptr : &row_.front();
    return !row_.empty() && row_.front().before(heap_.front()) ? &row_.front() : &heap_.front();
}

Callback& TimerQueue::take(const Entry& earliest) noexcept {
    Callback& callback = *slots_[earliest.slot];
    if (!row_.empty() && &earliest == &row_.front())
        remove_front();
    else
        remove_top();
    return callback;
}

void TimerQueue::remove_front() noexcept {
    free_slots_.push_back(row_.front().slot);
    row_.pop_front();
}

void TimerQueue::remove_top() noexcept {
    free_slots_.push_back(heap_.front().slot);
    heap_.front() = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) sift_down(0);
}

void TimerQueue::drop_all_cancelled() {
    const auto drop = [this](const Entry& entry) {
        if (!is_cancelled(entry)) return false;
        free_slots_.push_back(entry.slot);
        return true;
    };
    std::erase_if(row_, drop);
    std::erase_if(heap_, drop);
    cancelled_ = 0;
    for (std::size_t at = (heap_.size() / arity) + 1; at-- > 0;) sift_down(at);
}

void TimerQueue::sift_up(std::size_t at) noexcept {
    const Entry entry = heap_[at];
    while (at > 0) {
        const std::size_t parent = (at - 1) / arity;
        if (!entry.before(heap_[parent])) break;
        heap_[at] = heap_[parent];
        at = parent;
    }
    heap_[at] = entry;
}

void TimerQueue::sift_down(std::size_t at) noexcept {
    if (at >= heap_.size()) return;
    const Entry entry = heap_[at];
    for (;;) {
        const std::size_t first = (at * arity) + 1;
        if (first >= heap_.size()) break;
        std::size_t least = first;
        for (std::size_t child = first + 1; child < first + arity && child < heap_.size(); ++child)
            if (heap_[child].before(heap_[least])) least = child;
        if (!heap_[least].before(entry)) break;
        heap_[at] = heap_[least];
        at = least;
    }
    heap_[at] = entry;
}

} // namespace asyncio::detail
