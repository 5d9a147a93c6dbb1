#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/queue_base.hpp>
#include <asyncio/detail/shared.hpp>
#include <asyncio/error.hpp>

#include <algorithm>
#include <cstddef>
#include <deque>
#include <functional>
#include <utility>
#include <vector>

namespace asyncio {
namespace detail {

/// A queue over a Store, which determines the order: push(), pop(), size().
template <class T, class Store> class QueueState final : public QueueBase {
public:
    explicit QueueState(std::ptrdiff_t maxsize) : QueueBase(maxsize) {}

    std::size_t size() const noexcept { return store_.size(); }
    bool empty() const noexcept { return size() == 0; }
    bool full() const noexcept { return is_full(size()); }

    static Coro<> put(Ref<QueueState> self, T item) {
        while (self->full()) {
            self->refuse_if_shut_down();
            QueuedWaiter putter(self->putters_);
            try {
                co_await QueuedWait(putter);
            } catch (...) {
                if (!self->full()) pass_on(self->putters_, putter);
                throw;
            }
        }
        self->put_nowait(std::move(item));
    }

    void put_nowait(T item) {
        refuse_if_shut_down();
        if (full()) throw_full();
        store_.push(std::move(item));
        item_put();
    }

    static Coro<T> get(Ref<QueueState> self) {
        while (self->empty()) {
            self->refuse_if_shut_down();
            QueuedWaiter getter(self->getters_);
            try {
                co_await QueuedWait(getter);
            } catch (...) {
                if (!self->empty()) pass_on(self->getters_, getter);
                throw;
            }
        }
        co_return self->get_nowait();
    }

    T get_nowait() {
        if (empty()) {
            refuse_if_shut_down();
            throw_empty();
        }
        T item = store_.pop();
        wake_next(putters_);
        return item;
    }

    void shutdown(bool immediate) {
        std::size_t dropped = 0;
        for (; immediate && !empty(); ++dropped) store_.pop();
        shut_down(immediate, dropped);
    }

private:
    Store store_;
};

/// The public interface of a queue. The state outlives the object: waiting tasks are not affected when the
/// object is destroyed or moved.
template <class T, class Store> class BasicQueue {
    using State = QueueState<T, Store>;

public:
    /// Holds at most `maxsize` items; 0 or less: no limit.
    explicit BasicQueue(std::ptrdiff_t maxsize = 0) : state_(make_shared_state<State>(maxsize)) {}

    std::ptrdiff_t maxsize() const { return state_->maxsize(); }
    std::size_t qsize() const { return state_->size(); }
    bool empty() const { return state_->empty(); }
    bool full() const { return state_->full(); }

    /// Suspends while the queue is full. If cancelled, the item is not put. Raises QueueShutDown.
    Coro<> put(T item) { return State::put(state_.ref(), std::move(item)); }
    /// Raises QueueFull, QueueShutDown.
    void put_nowait(T item) { state_->put_nowait(std::move(item)); }

    /// Suspends while the queue is empty. If cancelled, no item is lost. Raises QueueShutDown once the queue
    /// is shut down and empty.
    Coro<T> get() { return State::get(state_.ref()); }
    /// Raises QueueEmpty, QueueShutDown.
    T get_nowait() { return state_->get_nowait(); }

    /// Marks one item obtained by get() as processed. Raises ValueError if called more often than items were
    /// put.
    void task_done() { state_->task_done(); }
    /// Suspends until task_done() has been called for every item put.
    Coro<void> join() { return QueueBase::join(state_.ref()); }

    /// Shuts the queue down: put() raises QueueShutDown from now on, get() once the queue is empty;
    /// `immediate` discards the queued items. Wakes all waiters.
    void shutdown(bool immediate = false) { state_->shutdown(immediate); }

    /// The AwaitedThing::identity of the tasks that wait for it.
    const void* id() const { return state_.ref().get(); }

    BasicQueue(BasicQueue&&) noexcept = default;
    BasicQueue& operator=(BasicQueue&&) noexcept = default;
    BasicQueue(const BasicQueue&) = delete;
    BasicQueue& operator=(const BasicQueue&) = delete;
    ~BasicQueue() = default;

private:
    Shared<State> state_;
};

template <class T> class FifoStore {
public:
    void push(T item) { items_.push_back(std::move(item)); }
    T pop() {
        T item = std::move(items_.front());
        items_.pop_front();
        return item;
    }
    std::size_t size() const noexcept { return items_.size(); }

private:
    std::deque<T> items_;
};

template <class T> class LifoStore {
public:
    void push(T item) { items_.push_back(std::move(item)); }
    T pop() {
        T item = std::move(items_.back());
        items_.pop_back();
        return item;
    }
    std::size_t size() const noexcept { return items_.size(); }

private:
    std::vector<T> items_;
};

template <class T, class Less> class HeapStore {
public:
    void push(T item) {
        items_.push_back(std::move(item));
        std::push_heap(items_.begin(), items_.end(), later);
    }
    T pop() {
        std::pop_heap(items_.begin(), items_.end(), later);
        T item = std::move(items_.back());
        items_.pop_back();
        return item;
    }
    std::size_t size() const noexcept { return items_.size(); }

private:
    static bool later(const T& left, const T& right) { return Less()(right, left); }
    std::vector<T> items_;
};

} // namespace detail

/// FIFO queue between tasks.
template <class T> class Queue : public detail::BasicQueue<T, detail::FifoStore<T>> {
    using detail::BasicQueue<T, detail::FifoStore<T>>::BasicQueue;
};

/// LIFO queue.
template <class T> class LifoQueue : public detail::BasicQueue<T, detail::LifoStore<T>> {
    using detail::BasicQueue<T, detail::LifoStore<T>>::BasicQueue;
};

/// Smallest item first, by `Less`. The order of equal items is unspecified.
template <class T, class Less = std::less<T>>
class PriorityQueue : public detail::BasicQueue<T, detail::HeapStore<T, Less>> {
    using detail::BasicQueue<T, detail::HeapStore<T, Less>>::BasicQueue;
};

} // namespace asyncio
