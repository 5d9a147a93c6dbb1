#pragma once

namespace asyncio::sqlite::detail {

/// For std::visit: one function for each type.
template <class... Fs> struct Overloaded : Fs... {
    using Fs::operator()...;
};

} // namespace asyncio::sqlite::detail
