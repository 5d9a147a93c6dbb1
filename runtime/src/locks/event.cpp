#include <asyncio/event.hpp>

#include <limits>
#include <utility>

namespace asyncio::detail {

void EventState::set() {
    if (!std::exchange(set_, true)) waiters_.wake(std::numeric_limits<std::size_t>::max());
}

} // namespace asyncio::detail
