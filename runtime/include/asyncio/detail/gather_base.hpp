#pragma once

#include <asyncio/detail/future_base.hpp>

#include <cstddef>
#include <utility>
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
    void child_done(std::size_t place, const Ref<FutureBase>& child);
    void collect_all();
    void forget_children() noexcept;

    std::vector<Ref<FutureBase>> children_; // null while not done
    // Not references: a future that is never done would keep itself alive through its callback.
    std::vector<std::pair<FutureBase*, Ref<DoneCallback>>> waiting_;
    std::vector<std::pair<std::size_t, std::size_t>> repeated_; // a place, and where the same one stood first
    std::size_t unfinished_ = 0;
    bool return_exceptions_;
    bool cancel_requested_ = false;
};

} // namespace asyncio::detail
