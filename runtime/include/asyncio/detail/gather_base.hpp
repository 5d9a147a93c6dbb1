#pragma once

#include <asyncio/detail/future_base.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace asyncio::detail {

/// The future that gather() returns, independent of the result types.
class GatherBase : public FutureBase {
public:
    GatherBase(EventLoop& loop, bool return_exceptions)
        : FutureBase(loop), return_exceptions_(return_exceptions) {}

    /// Waits for `children`, which may contain duplicates.
    static void begin(const Ref<GatherBase>& gather, std::vector<Ref<FutureBase>> children);

    /// Cancels every child. The gather itself completes when they have.
    bool cancel(const std::string* message = nullptr) override;

    std::string describe_source() const override;
    AwaitedThing awaited_thing() override;
    bool stands_for_others() const noexcept override { return true; }

protected:
    /// Builds the result from the children, all of which are done.
    virtual void collect(const std::vector<Ref<FutureBase>>& children) = 0;

private:
    struct ChildDone;
    void child_done(std::size_t place, const Ref<FutureBase>& child);
    void collect_all();
    void forget_children() noexcept;

    std::vector<Ref<FutureBase>> children_; // null while not done
    // Raw pointers: a future that never completes would keep itself alive through its callback.
    std::vector<std::pair<FutureBase*, Ref<DoneCallback>>> waiting_;
    std::vector<std::pair<std::size_t, std::size_t>> repeated_; // index, first index of the same child
    std::size_t unfinished_ = 0;
    bool return_exceptions_;
    bool cancel_requested_ = false;
};

} // namespace asyncio::detail
