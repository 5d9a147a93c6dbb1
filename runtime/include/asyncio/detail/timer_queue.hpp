#pragma once

#include <asyncio/detail/callback.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace asyncio::detail {

class Order;

/// Callbacks by the time they are due, earliest first; of those due together, first in, first out.
///
/// Small entries that name a slot: those that come in the order of their times, as sleeps of one
/// length do, in a row, the others in a heap. Cancelling empties the slot and leaves the entry, which
/// goes when it comes to the front or when cancelled ones are the majority.
class TimerQueue {
public:
    using Slot = std::uint32_t;
    static constexpr Slot no_slot = ~Slot{0};

    bool empty() const noexcept { return size() == cancelled_; }

    Slot add(double when, Callback& callback);
    void cancel(Slot slot) noexcept;

    /// When the earliest live one is due. Only when not empty().
    double next_due();

    /// Moves what is due at `limit` or before it to the end of `ready`. At it too: late on the clock
    /// `limit` may be no more than the present, to which its resolution added nothing. `order`, unless
    /// it is null, shuffles those that are due together.
    void collect_due(double limit, CallbackList& ready, Order* order = nullptr);

    /// Takes any live one out, for the end of the loop; null when there is none.
    Callback* take_any() noexcept;

private:
    struct Entry {
        double when;
        std::uint32_t order;
        Slot slot;
        bool before(const Entry& other) const noexcept {
            // Orders wrap around; timers due together are never 2^31 apart.
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
