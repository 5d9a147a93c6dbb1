#pragma once

#include <exception>

namespace asyncio::program {

/// The object that was thrown; libc++ has nothing else in an exception_ptr. Null for none.
inline const void* thrown_object(const std::exception_ptr& error) noexcept {
    static_assert(sizeof(std::exception_ptr) == sizeof(void*));
    const void* thrown = nullptr;
    __builtin_memcpy(&thrown, &error, sizeof(thrown));
    return thrown;
}

} // namespace asyncio::program
