#include <asyncio/websocket/error.hpp>

#include <format>

namespace asyncio::websocket {
namespace {

std::string in_words(int code) {
    if (code == codes::broken_off) return "without a close frame (1006)";
    if (code == codes::none) return "without a status code (1005)";
    return std::format("with code {}", code);
}

std::string in_words(const std::string& how, const CloseInfo& info) {
    return std::format("the connection {} {}{}{}", how, in_words(info.code), info.reason.empty() ? "" : ": ",
                       info.reason);
}

} // namespace

ConnectionClosed::ConnectionClosed(const std::string& how, CloseInfo info)
    : ConnectionError(in_words(how, info)), info_(std::move(info)) {}

ConnectionClosedOK::ConnectionClosedOK(CloseInfo info) : ConnectionClosed("was closed", std::move(info)) {}

ConnectionClosedError::ConnectionClosedError(CloseInfo info) : ConnectionClosed("ended", std::move(info)) {}

} // namespace asyncio::websocket
