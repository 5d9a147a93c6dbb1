// What clang-tidy looks at to see the headers that no source of the runtime includes.
#include <asyncio.hpp> // IWYU pragma: keep
