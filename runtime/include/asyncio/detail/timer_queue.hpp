#pragma once

#include <asyncio/detail/callback.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace asyncio::detail {

class Order;

/// Callbacks in the order in which they are due, earliest first; FIFO if due at the same time.
///
/// Small entries that refer to a slot: entries that arrive in order of their times, like sleeps of the same
/// length, are in a FIFO, the others in a heap. Cancelling empties the slot and leaves the entry, which is
/// removed when it reaches the front or when cancelled entries are the majority.
class TimerQueue {
public:
    using Slot = std::uint32_t;
    static constexpr Slot no_slot = ~Slot{0};

    bool empty() const noexcept { return size() == cancelled_; }

    Slot add(double when, Callback& callback);
    void cancel(Slot slot) noexcept;

    /// The time at which the earliest live one is due. Only when not empty().
    double next_due();

    /// Moves the callbacks that are due at or before `limit` to the end of `ready`. Those due exactly at
    /// `limit` are included because, late on the clock, adding the clock's resolution to the present may not
    /// change it. `order`, unless null, shuffles those due at the same time.
    void collect_due(double limit, CallbackList& ready, Order* order = nullptr);

    /// Removes any live one, for the end of the loop; null if there is none.
    Callback* take_any() noexcept;

private:
    struct Entry {
        double when;
        std::uint32_t order;
        Slot slot;
        bool before(const Entry& other) const noexcept {
            // Orders wrap around; timers due at the same time are never 2^31 apart.
            return when < other.when ||
                   (when == other.when && static_cast<std::int32_t>(order - other.order) < 0);
        }
    };

    std::size_t size() const noexcept { return row_.size() + heap_.size(); }
    bool is_cancelled(const Entry& entry) const noexcept { return slots_[entry.slot] == nullptr; }
    const Entry* earliest() noexcept;
    Callback& take(const Entry& earliest) noexcept;
    void remove_front() noexcept;
    void remove_top() noexcept;
    void drop_all_cancelled();
    void sift_up(std::size_t at) noexcept;
    void sift_down(std::size_t at) noexcept;

    std::deque<Entry> row_;
    std::vector<Entry> heap_;
    std::vector<Callback*> slots_;
    std::vector<Slot> free_slots_;
    std::size_t cancelled_ = 0;
    std::uint32_t next_order_ = 0;
};

} // namespace asyncio::detail
