#include <asyncio/virtual_clock.hpp>

#include <thread>

namespace asyncio {

void VirtualClock::wait(EventLoop&, std::optional<double> timeout) {
    if (timeout)
        now_ += *timeout;
    else
        std::this_thread::yield();
}

} // namespace asyncio
