#include "socket_error.hpp"

#include <asyncio/error.hpp>

#include <cerrno>
#include <system_error>
#include <utility>

namespace asyncio::native {
namespace {

template <class E> std::exception_ptr error_as(OSError::Described described) {
    return std::make_exception_ptr(E(std::move(described)));
}

} // namespace

std::exception_ptr socket_error(int number, std::string text) {
    if (text.empty()) text = std::generic_category().message(number);
    OSError::Described described{.number = number, .strerror = std::move(text)};
    switch (number) {
    case ECONNREFUSED: return error_as<ConnectionRefusedError>(std::move(described));
    case ECONNRESET: return error_as<ConnectionResetError>(std::move(described));
    case ECONNABORTED: return error_as<ConnectionAbortedError>(std::move(described));
    case EPIPE:
    case ESHUTDOWN: return error_as<BrokenPipeError>(std::move(described));
    case EACCES:
    case EPERM: return error_as<PermissionError>(std::move(described));
    default: return error_as<OSError>(std::move(described));
    }
}

} // namespace asyncio::native
