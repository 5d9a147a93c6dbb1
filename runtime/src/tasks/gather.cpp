#include <asyncio/await_graph.hpp>
#include <asyncio/detail/finally.hpp>
#include <asyncio/detail/gather_base.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace asyncio::detail {

struct GatherBase::ChildDone {
    Ref<GatherBase> gather;
    std::size_t place;
    FutureBase* awaiter() const noexcept { return gather.get(); }
    void operator()(const Ref<FutureBase>& child) const { gather->child_done(place, child); }
};

void GatherBase::begin(const Ref<GatherBase>& gather, std::vector<Ref<FutureBase>> children) {
    std::vector<std::pair<std::size_t, Ref<FutureBase>>> done;
    gather->children_.resize(children.size());
    gather->waiting_.resize(children.size());
    const Finally unmark([&] {
        for (const Ref<FutureBase>& child : children) child->unmark();
    });
    for (std::size_t place = 0; place < children.size(); ++place) {
        const Ref<FutureBase>& child = children[place];
        if (!child->mark()) {
            const auto first = std::ranges::find(children, child);
            gather->repeated_.emplace_back(place, std::distance(children.begin(), first));
            continue;
        }
        ++gather->unfinished_;
        if (child->done())
            done.emplace_back(place, child);
        else
            gather->waiting_[place] = {child.get(),
                                       on_done(*child, ChildDone{.gather = gather, .place = place})};
    }
    if (children.empty()) gather->collect_all();
    for (const auto& [place, child] : done) gather->child_done(place, child);
}

bool GatherBase::cancel(const std::string* message) {
    if (done()) return false;
    bool any = false;
    for (const auto& [child, callback] : waiting_)
        if (callback && callback->waits() && child->cancel(message)) any = true;
    if (any) cancel_requested_ = true;
    return any;
}

std::string GatherBase::describe_source() const { return "a gather()"; }

AwaitedThing GatherBase::awaited_thing() {
    AwaitedThing thing{.kind = AwaitedKind::gather, .identity = this};
    for (const auto& [child, callback] : waiting_)
        if (callback && callback->waits()) thing.futures.emplace_back(Ref(child));
    return thing;
}

void GatherBase::child_done(std::size_t place, const Ref<FutureBase>& child) {
    --unfinished_;
    if (done()) {
        if (!child->cancelled()) child->mark_retrieved();
        return;
    }
    waiting_[place] = {};
    children_[place] = child;
    if (!return_exceptions_) {
        std::exception_ptr error = child->cancelled() ? child->take_cancelled_error() : child->exception();
        if (error) {
            forget_children();
            set_exception(std::move(error));
            return;
        }
    }
    if (unfinished_ > 0) return;
    for (const auto& [again, first] : repeated_) children_[again] = children_[first];
    if (cancel_requested_) {
        for (const Ref<FutureBase>& each : children_)
            if (!each->cancelled()) each->mark_retrieved();
        // Like Python, uses the message of the last argument, whichever ended last.
        std::exception_ptr error = children_.back()->take_cancelled_error();
        forget_children();
        set_exception(std::move(error));
        return;
    }
    collect_all();
}

void GatherBase::collect_all() {
    collect(children_);
    forget_children();
    finish_with_result();
}

void GatherBase::forget_children() noexcept {
    children_ = {};
    waiting_ = {};
}

} // namespace asyncio::detail
