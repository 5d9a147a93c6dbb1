// Gives clang-tidy the headers that no source of the runtime includes.
#include <asyncio.hpp> // IWYU pragma: keep
