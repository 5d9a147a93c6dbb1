#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/queue_base.hpp>
#include <asyncio/error.hpp>

#include <algorithm>
#include <cstddef>
#include <deque>
#include <functional>
#include <utility>
#include <vector>

namespace asyncio {
namespace detail {

/// The queue over a Store, which decides the order: push(), pop(), size().
template <class T, class Store> class BasicQueue : public QueueBase {
public:
    /// Holds at most `maxsize` items; 0: as many as come.
    explicit BasicQueue(std::size_t maxsize = 0) : QueueBase(maxsize) {}

    std::size_t qsize() const noexcept { return store_.size(); }
    bool empty() const noexcept { return qsize() == 0; }
    bool full() const noexcept { return is_full(qsize()); }

    /// Suspends while the queue is full. Cancelled, the item is not put. Raises QueueShutDown.
    Coro<> put(T item) {
        while (full()) {
            refuse_if_shut_down();
            QueuedWaiter putter(putters_);
            try {
                co_await wait_in(putter);
            } catch (...) {
                if (!full()) pass_on(putters_, putter);
                throw;
            }
        }
        put_nowait(std::move(item));
    }

    /// Raises QueueFull, QueueShutDown.
    void put_nowait(T item) {
        refuse_if_shut_down();
        if (full()) throw_full();
        store_.push(std::move(item));
        item_put();
    }

    /// Suspends while the queue is empty. Cancelled, no item is lost. Raises QueueShutDown when the
    /// queue is shut down and empty.
    Coro<T> get() {
        while (empty()) {
            refuse_if_shut_down();
            QueuedWaiter getter(getters_);
            try {
                co_await wait_in(getter);
            } catch (...) {
                if (!empty()) pass_on(getters_, getter);
                throw;
            }
        }
        co_return get_nowait();
    }

    /// Raises QueueEmpty, QueueShutDown.
    T get_nowait() {
        if (empty()) {
            refuse_if_shut_down();
            throw_empty();
        }
        T item = store_.pop();
        wake_next(putters_);
        return item;
    }

    /// Ends the queue: put() raises QueueShutDown from now on, get() once it is empty; `immediate`
    /// drops what is in it. Wakes all who wait.
    void shutdown(bool immediate = false) {
        std::size_t dropped = 0;
        for (; immediate && !empty(); ++dropped) store_.pop();
        shut_down(immediate, dropped);
    }

private:
    Store store_;
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

/// First in, first out, between tasks. It must outlive those that wait at it.
template <class T> class Queue : public detail::BasicQueue<T, detail::FifoStore<T>> {
    using detail::BasicQueue<T, detail::FifoStore<T>>::BasicQueue;
};

/// Last in, first out.
template <class T> class LifoQueue : public detail::BasicQueue<T, detail::LifoStore<T>> {
    using detail::BasicQueue<T, detail::LifoStore<T>>::BasicQueue;
};

/// Least first, by `Less`. Which of equal items comes first is not promised.
template <class T, class Less = std::less<T>>
class PriorityQueue : public detail::BasicQueue<T, detail::HeapStore<T, Less>> {
    using detail::BasicQueue<T, detail::HeapStore<T, Less>>::BasicQueue;
};

} // namespace asyncio
