#pragma once

#include <asyncio/await_graph.hpp>
#include <asyncio/detail/future_base.hpp>

#include <vector>

namespace asyncio::detail {

/// Completes a JoinFuture, and lists what it still waits for.
class JoinSource {
public:
    virtual std::vector<AnyFuture> pending() const = 0;

protected:
    ~JoinSource() = default;
};

/// An internal future that completes when others are done. Its source is kept alive while a task waits for
/// it.
class JoinFuture final : public FutureWithResult<void> {
public:
    JoinFuture(EventLoop& loop, AwaitedKind kind, const JoinSource& source)
        : FutureWithResult(loop), source_(&source), kind_(kind) {}

    AwaitedThing awaited_thing() override {
        return {.kind = kind_, .identity = source_, .futures = source_->pending()};
    }

private:
    const JoinSource* source_;
    AwaitedKind kind_;
};

} // namespace asyncio::detail
