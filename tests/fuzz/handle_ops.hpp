#pragma once

#include "replayer.hpp"

namespace asyncio::fuzz {

using nlohmann::json;

/// The ops that tests/conformance has not, for Python has nothing of the kind.
const conformance::OpTable& own_awaiter_ops();
const conformance::OpTable& moved_handle_ops();

/// Ends what own awaiters still keep; its loop has ended.
void resume_kept_handles();

} // namespace asyncio::fuzz
