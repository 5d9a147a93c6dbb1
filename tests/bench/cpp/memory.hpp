#pragma once

#include <cstddef>

namespace bench {

/// Bytes that the program currently holds from the allocator.
std::size_t allocated_bytes();

} // namespace bench
