#pragma once

#include <asyncio/async_generator.hpp>
#include <asyncio/coro.hpp>
#include <asyncio/http/client_timeout.hpp>
#include <asyncio/http/detail/connector.hpp>
#include <asyncio/http/transport.hpp>
#include <asyncio/wait_for.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace asyncio::http::detail {

/// A request from its wait for a connection slot to the end of its body, with its time limits.
class Call {
public:
    /// The clock of ClientTimeout::total starts here.
    explicit Call(ClientTimeout limits);

    /// Suspends until a slot is free, then until the body is sent, then until the head has arrived. `pieces`:
    /// the body, if the request is streamed.
    Coro<WireResponse> send(std::shared_ptr<Connector> connector, std::shared_ptr<Transport> transport,
                            WireRequest request, std::optional<AsyncGenerator<std::string>> pieces);

    /// Suspends until a piece of the body has arrived; nullopt at its end, and after release().
    Coro<std::optional<std::string>> read();

    /// Aborts anything outstanding and releases the slot.
    void release() noexcept;

private:
    /// The limit that expires first during a wait.
    struct Limit {
        MaybeDelay left;
        /// The name of the member of ClientTimeout.
        const char* name;
        double seconds;
    };
    Limit limit(MaybeDelay own, const char* name) const;
    Limit limit() const { return limit(std::nullopt, ""); }
    [[noreturn]] void raise_late(const char* what, const Limit& limit) const;

    Coro<> upload(AsyncGenerator<std::string> pieces);

    ClientTimeout limits_;
    double started_;
    std::string url_;
    std::unique_ptr<Connector::Slot> slot_;
    // The exchange depends on the transport, so it is destroyed first.
    std::shared_ptr<Transport> transport_;
    std::unique_ptr<Exchange> exchange_;
};

} // namespace asyncio::http::detail
