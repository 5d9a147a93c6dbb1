#include <asyncio/websocket/error.hpp>

#include <format>

namespace asyncio::websocket {
namespace {

std::string in_words(const std::string& how, const CloseInfo& info) {
    const std::string code = info.code == 1006   ? "without a word (1006)"
                             : info.code == 1005 ? "without a code (1005)"
                                                 : std::format("with code {}", info.code);
    return std::format("the connection {} {}{}{}", how, code, info.reason.empty() ? "" : ": ", info.reason);
}

} // namespace

ConnectionClosed::ConnectionClosed(const std::string& how, CloseInfo info)
    : ConnectionError(in_words(how, info)), info_(std::move(info)) {}

ConnectionClosedOK::ConnectionClosedOK(CloseInfo info) : ConnectionClosed("was closed", std::move(info)) {}

ConnectionClosedError::ConnectionClosedError(CloseInfo info) : ConnectionClosed("ended", std::move(info)) {}

} // namespace asyncio::websocket
