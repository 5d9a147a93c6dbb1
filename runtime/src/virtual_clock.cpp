#include <asyncio/virtual_clock.hpp>

namespace asyncio {

void VirtualClock::wait(EventLoop&, std::optional<double> timeout) {
    if (timeout) now_ += *timeout;
}

} // namespace asyncio
