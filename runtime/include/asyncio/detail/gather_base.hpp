#pragma once

#include <asyncio/detail/future_base.hpp>

#include <cstddef>
#include <vector>

namespace asyncio::detail {

/// The future that gather() gives, whatever it gathers.
class GatherBase : public FutureBase {
public:
    GatherBase(EventLoop& loop, bool return_exceptions)
        : FutureBase(loop), return_exceptions_(return_exceptions) {}

    /// Waits for `children`; the same one may stand among them more than once.
    static void begin(const Ref<GatherBase>& gather, std::vector<Ref<FutureBase>> children);

    /// Cancels every child. The gather itself ends when they have.
    bool cancel(const std::string* message = nullptr) override;

    std::string describe_source() const override;
    AwaitedThing awaited_thing() override;
    bool stands_for_others() const noexcept override { return true; }

protected:
    /// Builds the result from the children, all of which are done.
    virtual void collect(const std::vector<Ref<FutureBase>>& children) = 0;

private:
    struct ChildDone;
    void child_done(FutureBase& child);

    std::vector<Ref<FutureBase>> children_;
    std::size_t unfinished_ = 0;
    bool return_exceptions_;
    bool cancel_requested_ = false;
};

} // namespace asyncio::detail
