#include <asyncio/detail/sizes.hpp>
#include <asyncio/error.hpp>

#include <string>

namespace asyncio::detail {

std::size_t size_of_at_least(std::ptrdiff_t size, std::ptrdiff_t least, const char* what) {
    if (size < least)
        throw ValueError(std::string(what) + " must be " + std::to_string(least) + " or more, not " +
                         std::to_string(size));
    return static_cast<std::size_t>(size);
}

} // namespace asyncio::detail
