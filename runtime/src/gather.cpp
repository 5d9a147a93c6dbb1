#include <asyncio/await_graph.hpp>
#include <asyncio/detail/finally.hpp>
#include <asyncio/detail/gather_base.hpp>

#include <utility>

namespace asyncio::detail {

struct GatherBase::ChildDone {
    Ref<GatherBase> gather;
    FutureBase* awaiter() const noexcept { return gather.get(); }
    void operator()(const Ref<FutureBase>& child) const { gather->child_done(*child); }
};

void GatherBase::begin(const Ref<GatherBase>& gather, std::vector<Ref<FutureBase>> children) {
    std::vector<Ref<FutureBase>> done;
    gather->children_ = std::move(children);
    {
        const Finally unmark([&] {
            for (const Ref<FutureBase>& future : gather->children_) future->unmark();
        });
        for (const Ref<FutureBase>& child : gather->children_) {
            if (!child->mark()) continue;
            ++gather->unfinished_;
            if (child->done())
                done.push_back(child);
            else
                on_done(*child, ChildDone{gather});
        }
    }
    if (gather->children_.empty()) {
        gather->collect(gather->children_);
        gather->finish_with_result();
    }
    for (const Ref<FutureBase>& child : done) gather->child_done(*child);
}

bool GatherBase::cancel(const std::string* message) {
    if (done()) return false;
    bool any = false;
    for (const Ref<FutureBase>& child : children_)
        if (child->cancel(message)) any = true;
    if (any) cancel_requested_ = true;
    return any;
}

std::string GatherBase::describe_source() const { return "a gather()"; }

AwaitedThing GatherBase::awaited_thing() {
    AwaitedThing thing{.kind = AwaitedKind::gather, .identity = this};
    for (const Ref<FutureBase>& child : children_)
        if (!child->done()) thing.futures.emplace_back(child);
    return thing;
}

void GatherBase::child_done(FutureBase& child) {
    --unfinished_;
    if (done()) {
        if (!child.cancelled()) child.mark_retrieved();
        return;
    }
    if (!return_exceptions_) {
        if (std::exception_ptr error = child.cancelled() ? child.take_cancelled_error() : child.exception()) {
            set_exception(std::move(error));
            return;
        }
    }
    if (unfinished_ > 0) return;
    if (cancel_requested_) {
        set_exception(child.take_cancelled_error());
        return;
    }
    collect(children_);
    children_.clear();
    finish_with_result();
}

} // namespace asyncio::detail
