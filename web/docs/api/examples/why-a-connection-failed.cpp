// Why a connection failed: each cause has a class, and natively the system's number
#include <asyncio.hpp>
#include <exception>
#include <print>
#include <string>

std::string advice(const std::exception_ptr& error) {
    using namespace asyncio;
    if (is<ConnectionRefusedError>(error)) return "nobody listens: start the server first";
    if (is<ConnectionAbortedError>(error)) return "given up before it was complete: try again";
    if (is<BrokenPipeError>(error)) return "the other end receives no more: stop writing";
    if (is<gaierror>(error)) return "the host has no address: check its name";
    return "not expected: " + describe(error);
}

asyncio::Coro<> amain() {
    const auto connected = co_await asyncio::outcome(asyncio::open_connection("127.0.0.1", 9));
    std::println("{}", advice(connected.error()));
    // Of sockets, which a page has not.
    for (const auto& error : {std::make_exception_ptr(asyncio::ConnectionAbortedError("aborted")),
                              std::make_exception_ptr(asyncio::BrokenPipeError("broken")),
                              std::make_exception_ptr(asyncio::gaierror("unknown"))})
        std::println("{}", advice(error));
}

int main() { asyncio::run(amain()); }
