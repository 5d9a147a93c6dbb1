#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/sqlite/connection.hpp>

#include <exception>
#include <string>
#include <utility>

namespace asyncio::sqlite {

/// `co_await async_with(db.transaction(), [&]() -> Coro<> { … })`, see Connection::transaction().
class Transaction {
public:
    Coro<> aenter();
    Coro<> aexit(std::exception_ptr error);

private:
    friend class Connection;
    Transaction(Connection connection, std::string kind)
        : connection_(std::move(connection)), kind_(std::move(kind)) {}

    Connection connection_;
    std::string kind_;
    /// 0: the outermost; otherwise the number of its savepoint.
    int depth_ = 0;
};

} // namespace asyncio::sqlite
