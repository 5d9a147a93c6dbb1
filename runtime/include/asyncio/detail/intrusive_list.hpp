#pragma once

#include <cstddef>

namespace asyncio::detail {

/// Makes an object a member of at most one IntrusiveList. Leaves its list when destroyed.
class ListNode {
public:
    ListNode() = default;
    ListNode(const ListNode&) = delete;
    ListNode& operator=(const ListNode&) = delete;
    ~ListNode() { unlink(); }

    bool linked() const noexcept { return next_ != nullptr; }

    void unlink() noexcept {
        if (!linked()) return;
        prev_->next_ = next_;
        next_->prev_ = prev_;
        prev_ = next_ = nullptr;
    }

private:
    template <class T> friend class IntrusiveList;
    ListNode* prev_ = nullptr;
    ListNode* next_ = nullptr;
};

/// A queue of nodes that are stored elsewhere: no allocation, O(1) removal of any member.
template <class T> class IntrusiveList {
public:
    IntrusiveList() noexcept { reset(); }
    IntrusiveList(const IntrusiveList&) = delete;
    IntrusiveList& operator=(const IntrusiveList&) = delete;
    ~IntrusiveList() {
        while (!empty()) pop_front();
        sentinel_.prev_ = sentinel_.next_ = nullptr;
    }

    bool empty() const noexcept { return sentinel_.next_ == &sentinel_; }

    bool has_one() const noexcept { return !empty() && sentinel_.next_ == sentinel_.prev_; }

    T& front() noexcept { return *static_cast<T*>(sentinel_.next_); }

    void push_back(T& item) noexcept {
        ListNode& node = item;
        node.prev_ = sentinel_.prev_;
        node.next_ = &sentinel_;
        sentinel_.prev_->next_ = &node;
        sentinel_.prev_ = &node;
    }

    T& pop_front() noexcept {
        T& item = front();
        static_cast<ListNode&>(item).unlink();
        return item;
    }

    /// Moves all nodes of `other` to the back.
    void splice_back(IntrusiveList& other) noexcept {
        if (other.empty()) return;
        ListNode* first = other.sentinel_.next_;
        ListNode* last = other.sentinel_.prev_;
        first->prev_ = sentinel_.prev_;
        sentinel_.prev_->next_ = first;
        last->next_ = &sentinel_;
        sentinel_.prev_ = last;
        other.reset();
    }

    /// Moves all nodes of `other` to the front.
    void splice_front(IntrusiveList& other) noexcept {
        other.splice_back(*this);
        splice_back(other);
    }

    class iterator {
    public:
        using value_type = T;
        using difference_type = std::ptrdiff_t;

        iterator() = default;
        explicit iterator(ListNode* at) : at_(at) {}
        T& operator*() const noexcept { return *static_cast<T*>(at_); }
        iterator& operator++() noexcept {
            at_ = at_->next_;
            return *this;
        }
        iterator operator++(int) noexcept {
            const iterator before = *this;
            ++*this;
            return before;
        }
        bool operator==(const iterator&) const = default;

    private:
        ListNode* at_ = nullptr;
    };

    iterator begin() noexcept { return iterator(sentinel_.next_); }
    iterator end() noexcept { return iterator(&sentinel_); }

private:
    void reset() noexcept { sentinel_.prev_ = sentinel_.next_ = &sentinel_; }

    ListNode sentinel_;
};

} // namespace asyncio::detail
