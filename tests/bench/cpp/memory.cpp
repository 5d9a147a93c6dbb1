#include "memory.hpp"

#include <malloc.h>

namespace bench {

std::size_t allocated_bytes() {
#ifdef __EMSCRIPTEN__
    return static_cast<std::size_t>(mallinfo().uordblks);
#else
    const struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
#endif
}

} // namespace bench
