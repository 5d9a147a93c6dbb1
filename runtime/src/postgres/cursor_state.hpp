#pragma once

#include "handle.hpp"

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace asyncio::postgres::detail {

/// A portal of the server, and the rows that were read ahead.
class CursorState {
public:
    /// Of a prepared statement, which `keeps` keeps alive.
    CursorState(std::shared_ptr<Handle> handle, std::shared_ptr<void> keeps,
                std::shared_ptr<const Statement> statement, Parameters parameters);
    CursorState(std::shared_ptr<Handle> handle, std::string sql, Parameters parameters);

    /// At most `count` rows; reads `at_least` if there are not as many.
    static Coro<std::vector<Record>> take(std::shared_ptr<CursorState> self, std::size_t count,
                                          std::size_t at_least);

private:
    static Coro<> read(std::shared_ptr<CursorState> self, std::size_t count);

    std::shared_ptr<Handle> handle_;
    std::shared_ptr<void> keeps_;
    std::shared_ptr<const Statement> statement_;
    std::string sql_;
    Parameters parameters_;
    std::string portal_;
    std::deque<Record> ahead_;
    bool at_end_ = false;
};

} // namespace asyncio::postgres::detail
