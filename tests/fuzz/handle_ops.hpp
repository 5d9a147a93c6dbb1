#pragma once

#include "replayer.hpp"

namespace asyncio::fuzz {

using nlohmann::json;

/// The ops that tests/conformance lacks, since Python has no equivalent.
const conformance::OpTable& own_awaiter_ops();
const conformance::OpTable& moved_handle_ops();

/// Releases the handles that own awaiters still keep; the loop has ended.
void resume_kept_handles();

} // namespace asyncio::fuzz
