#pragma once

#include <cstddef>

namespace bench {

/// Bytes that the program holds from the allocator now.
std::size_t allocated_bytes();

} // namespace bench
