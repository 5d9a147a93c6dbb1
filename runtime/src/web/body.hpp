#pragma once

#include "exchange.hpp"
#include "head.hpp"

#include <asyncio/duration.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace asyncio::web::detail {

/// The body of a message, taken out of its framing.
class Body {
public:
    /// `exchange` sends "100 Continue" before the first byte is read; null if that is not asked for.
    Body(std::shared_ptr<Input> input, Framing framing, MaybeDelay timeout = {},
         std::shared_ptr<Exchange> exchange = {});

    /// At most `most` bytes, as soon as there are any; empty at the end. A cancel loses no data. Raises HTTPBadRequest if
    /// it breaks off or is malformed, HTTPRequestTimeout.
    Coro<std::string> read(std::size_t most);

    bool ended() const noexcept { return ended_; }
    bool is_empty() const noexcept { return framing_.kind == Framing::Kind::none; }
    std::optional<std::uint64_t> length() const;
    /// Whether the client waits for "100 Continue": it may then never send the body.
    bool is_held_back() const noexcept { return exchange_ != nullptr && !ended_; }
    /// What has been read of it up to now cannot be the beginning of a next request.
    bool failed() const noexcept { return failed_; }

private:
    Coro<std::string> read_piece(std::size_t most);
    Coro<> begin_chunk();
    Coro<> end_chunk();
    Coro<std::string> some(std::uint64_t most);

    enum class Place : std::uint8_t { size, data, data_end, trailer };

    std::shared_ptr<Input> input_;
    Framing framing_;
    MaybeDelay timeout_;
    std::shared_ptr<Exchange> exchange_;
    std::uint64_t left_;
    Place place_ = Place::size;
    bool ended_;
    bool failed_ = false;
};

} // namespace asyncio::web::detail
