#pragma once

#include <asyncio/detail/callback.hpp>
#include <asyncio/detail/context.hpp>
#include <asyncio/event_loop.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <poll.h>
#include <vector>

namespace asyncio::native {

class Watch; // NOLINT(*-virtual-class-destructor): it is final

/// The descriptors for which the thread of a loop waits, all in one poll(). Outlives the loop, for sockets
/// that the program still holds.
class Selector {
public:
    Selector() = default;
    Selector(const Selector&) = delete;
    Selector& operator=(const Selector&) = delete;
    ~Selector() = default;

    bool has_watches() const noexcept { return !watches_.empty(); }

    struct Ready {
        bool wake = false;
        bool input = false;
    };
    /// Waits until `seconds` have passed (nullopt: for ever), one of two descriptors is readable (-1: none),
    /// or a watched one is ready, whose function is then called in this turn of the loop.
    Ready wait(std::optional<double> seconds, int wake, int input);

    /// Stops all watches, and refuses others from now on.
    void close() noexcept;

private:
    friend class Watch;
    void add(Watch& watch);
    void remove(const Watch& watch) noexcept;

    /// The first two are those of wait(); then one for each watch.
    std::vector<pollfd> polled_ = std::vector<pollfd>(2);
    std::vector<Watch*> watches_;
    bool closed_ = false;
};

/// Calls a function in each turn of the loop in which a descriptor is ready, as asyncio's add_reader() and
/// add_writer() do: in the context in which it was started, and for a broken connection too.
class Watch final : public detail::Callback {
public:
    /// `events`: POLLIN or POLLOUT.
    Watch(EventLoop& loop, std::shared_ptr<Selector> selector, int descriptor, short events)
        : loop_(loop), selector_(std::move(selector)), descriptor_(descriptor), events_(events) {}
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    ~Watch() { stop(); }

    /// The function may own what owns the watch. It replaces an earlier one, and must not throw.
    void start(std::function<void()> function);
    /// Destroys the function.
    void stop() noexcept;

    // For the loop.
    void run() override;
    void drop() noexcept override { stop(); }

private:
    friend class Selector;
    static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

    EventLoop& loop_;
    std::shared_ptr<Selector> selector_;
    std::function<void()> function_;
    detail::ContextSlot context_;
    int descriptor_;
    short events_;
    std::size_t place_ = nowhere;
};

} // namespace asyncio::native
