#pragma once

#include <asyncio/async_generator.hpp>
#include <asyncio/error.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace asyncio::http::detail {

/// The pieces of a body: a generator, which can be sent once, or a function that makes one for each request.
/// Copies of a generator share it.
class StreamedBody {
public:
    using Pieces = AsyncGenerator<std::string>;

    StreamedBody() = default;
    StreamedBody(std::nullopt_t) {}
    StreamedBody(Pieces pieces)
        : make_([left = std::make_shared<std::optional<Pieces>>(std::move(pieces))] {
              if (!*left)
                  throw RuntimeError(
                      "these pieces of a body were sent before: to send them again, let .stream "
                      "be the function that makes the generator");
              Pieces taken = *std::move(*left);
              left->reset();
              return taken;
          }) {}
    template <class F>
        requires std::is_invocable_r_v<Pieces, F&>
    StreamedBody(F make) : make_(std::move(make)) {}

    explicit operator bool() const noexcept { return static_cast<bool>(make_); }
    /// Raises RuntimeError if the generator was taken before.
    Pieces take() const { return make_(); }

private:
    std::function<Pieces()> make_;
};

} // namespace asyncio::http::detail
