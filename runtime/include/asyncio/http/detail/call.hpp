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

/// A request from its wait for a place to the end of its body, within its limits of time.
class Call {
public:
    /// The time of ClientTimeout::total runs from here.
    explicit Call(ClientTimeout limits);

    /// Suspends until there is a place, then until the body is sent, then until the head has come.
    /// `pieces`: the body, if the request is streamed.
    Coro<WireResponse> send(std::shared_ptr<Connector> connector, std::shared_ptr<Transport> transport,
                            WireRequest request, std::optional<AsyncGenerator<std::string>> pieces);

    /// Suspends until a piece of the body has come; nullopt at its end, and after release().
    Coro<std::optional<std::string>> read();

    /// Aborts what has not come yet and gives the place back.
    void release() noexcept;

private:
    /// The limit that a wait comes up against first.
    struct Limit {
        MaybeDelay left;
        /// In ClientTimeout.
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
    // The exchange is the transport's: it goes first.
    std::shared_ptr<Transport> transport_;
    std::unique_ptr<Exchange> exchange_;
};

} // namespace asyncio::http::detail
