#pragma once

#include <asyncio/concurrent_future.hpp>

#include <cstddef>
#include <iterator>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace asyncio::detail {

/// The results of ThreadPoolExecutor::map(), to be iterated once.
template <class T>
class [[nodiscard("iterate it: its end cancels the work that has not started")]] MappedResults {
public:
    explicit MappedResults(std::vector<ConcurrentFuture<T>> futures) : futures_(std::move(futures)) {}
    MappedResults(MappedResults&&) noexcept = default;
    MappedResults& operator=(MappedResults&&) = delete;
    ~MappedResults() {
        for (const ConcurrentFuture<T>& future : futures_) future.cancel();
    }

    class Iterator {
    public:
        using iterator_concept = std::input_iterator_tag;
        using difference_type = std::ptrdiff_t;
        using value_type = std::conditional_t<std::is_void_v<T>, std::monostate, std::remove_cvref_t<T>>;

        explicit Iterator(const std::vector<ConcurrentFuture<T>>& futures) : futures_(&futures) {}
        decltype(auto) operator*() const {
            if constexpr (std::is_void_v<T>) {
                (*futures_)[at_].result();
                return value_type();
            } else {
                return (*futures_)[at_].result();
            }
        }
        Iterator& operator++() {
            ++at_;
            return *this;
        }
        void operator++(int) { ++at_; }
        bool operator==(std::default_sentinel_t) const { return at_ == futures_->size(); }

    private:
        const std::vector<ConcurrentFuture<T>>* futures_;
        std::size_t at_ = 0;
    };

    Iterator begin() const { return Iterator(futures_); }
    std::default_sentinel_t end() const { return {}; }

private:
    std::vector<ConcurrentFuture<T>> futures_;
};

} // namespace asyncio::detail
