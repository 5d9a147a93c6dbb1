#include "selector.hpp"

#include <cmath>
#include <ratio>
#include <utility>

namespace asyncio::native {
namespace {

/// The descriptors of wait() that are not watches.
constexpr std::size_t before_watches = 2;

/// Whether one is ready.
bool poll_for(std::vector<pollfd>& polled, std::optional<double> seconds) {
#ifdef __linux__
    timespec timeout = {};
    if (seconds) {
        const double whole = std::floor(*seconds);
        timeout = {.tv_sec = static_cast<time_t>(whole),
                   .tv_nsec = static_cast<long>((*seconds - whole) * std::nano::den)};
    }
    return ppoll(polled.data(), polled.size(), seconds ? &timeout : nullptr, nullptr) > 0;
#else
    const int milliseconds = seconds ? static_cast<int>(std::ceil(*seconds * 1e3)) : -1;
    return ::poll(polled.data(), static_cast<nfds_t>(polled.size()), milliseconds) > 0;
#endif
}

} // namespace

Selector::Ready Selector::wait(std::optional<double> seconds, int wake, int input) {
    // poll() ignores negative descriptors.
    polled_[0] = {.fd = wake, .events = POLLIN, .revents = 0};
    polled_[1] = {.fd = input, .events = POLLIN, .revents = 0};
    // An interrupted poll() says nothing about the descriptors.
    if (!poll_for(polled_, seconds)) return {};
    for (std::size_t place = 0; place < watches_.size(); ++place) {
        if (polled_[before_watches + place].revents == 0) continue;
        Watch& watch = *watches_[place];
        if (!watch.linked()) watch.loop_.make_ready(watch);
    }
    return {.wake = polled_[0].revents != 0, .input = polled_[1].revents != 0};
}

void Selector::add(Watch& watch) {
    polled_.push_back({.fd = watch.descriptor_, .events = watch.events_, .revents = 0});
    watches_.push_back(&watch);
    watch.place_ = watches_.size() - 1;
}

void Selector::remove(const Watch& watch) noexcept {
    const std::size_t place = watch.place_;
    polled_[before_watches + place] = polled_.back();
    polled_.pop_back();
    watches_[place] = watches_.back();
    watches_[place]->place_ = place;
    watches_.pop_back();
}

void Selector::close() noexcept {
    closed_ = true;
    while (!watches_.empty()) watches_.back()->stop();
}

void Watch::start(std::function<void()> function) {
    if (selector_->closed_) return;
    if (place_ == nowhere) selector_->add(*this);
    function_.swap(function);
    context_ = detail::inherit_context();
}

void Watch::stop() noexcept {
    unlink();
    if (place_ != nowhere) {
        selector_->remove(*this);
        place_ = nowhere;
    }
    context_ = nullptr;
    // Last, since it may own what owns this watch.
    const std::function<void()> function = std::exchange(function_, nullptr);
}

void Watch::run() {
    // Copies, since the function may stop the watch.
    const std::function<void()> function = function_;
    detail::ContextSlot context = context_;
    const detail::ContextScope scope(context);
    function();
}

} // namespace asyncio::native
