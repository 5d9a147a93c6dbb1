#include <asyncio/context.hpp>
#include <asyncio/error.hpp>

#include <utility>

namespace asyncio {
namespace detail {
namespace {

// A thread that runs no task has a context too; its tasks inherit the values set there.
thread_local ContextSlot thread_context;

ContextSlot& current_slot() noexcept {
    return running_context != nullptr ? running_context->slot() : thread_context;
}

const std::any* find_in(const ContextBase* context, const AnyContextVar& variable) noexcept {
    if (context == nullptr) return nullptr;
    if (context->is_cell()) return static_cast<const ContextCell*>(context)->find(variable);
    const auto& values = static_cast<const ContextValues*>(context)->values;
    const auto found = values.find(&variable);
    return found == values.end() ? nullptr : &found->second;
}

const Ref<ContextCell>& not_entered(const Ref<ContextCell>& cell) {
    bool entered = thread_context.get() == cell.get();
    for (const ContextScope* scope = running_context; scope != nullptr && !entered; scope = scope->outer())
        entered = scope->slot().get() == cell.get();
    if (entered) throw RuntimeError("this context is already entered: call run() on a copy() of it instead");
    return cell; // NOLINT(bugprone-return-const-ref-from-parameter): owned by the caller
}

} // namespace

const std::any* ContextCell::find(const AnyContextVar& variable) const noexcept {
    return find_in(values_.get(), variable);
}

void ContextCell::set(const AnyContextVar& variable, std::any value) {
    auto changed = make_ref<ContextValues>();
    if (values_) changed->values = values_->values;
    if (value.has_value())
        changed->values.insert_or_assign(&variable, std::move(value));
    else
        changed->values.erase(&variable);
    values_ = std::move(changed);
}

ContextSlot inherit_context() noexcept {
    const ContextSlot& slot = current_slot();
    if (!slot || !slot->is_cell()) return slot;
    return static_cast<ContextCell&>(*slot).values();
}

ContextSlot unshared_context() {
    const ContextSlot inherited = inherit_context();
    if (!inherited) return nullptr;
    auto copy = make_ref<ContextValues>();
    copy->values = static_cast<const ContextValues&>(*inherited).values;
    return copy;
}

Ref<ContextCell> share_context(ContextSlot& slot) {
    if (!slot || !slot->is_cell()) slot = make_ref<ContextCell>(Ref(static_cast<ContextValues*>(slot.get())));
    return Ref(static_cast<ContextCell*>(slot.get()));
}

Ref<ContextCell> current_context() { return share_context(current_slot()); }

const std::any* find_context_value(const AnyContextVar& variable) noexcept {
    return find_in(current_slot().get(), variable);
}

// NOLINTNEXTLINE(*-avoid-non-const-global-variables): thread-local
constinit thread_local ContextScope* running_context = nullptr;

EnteredContext::EnteredContext(const Ref<ContextCell>& cell) : slot_(not_entered(cell)), scope_(slot_) {}

} // namespace detail

Context::Context() : Context(detail::make_ref<detail::ContextCell>(nullptr)) {}

Context Context::copy() const { return Context(detail::make_ref<detail::ContextCell>(cell_->values())); }

std::size_t Context::size() const noexcept { return cell_->values() ? cell_->values()->values.size() : 0; }

std::vector<std::pair<const AnyContextVar*, std::any>> Context::items() const {
    if (!cell_->values()) return {};
    return {cell_->values()->values.begin(), cell_->values()->values.end()};
}

void Context::throw_not_set(const AnyContextVar& variable) {
    throw LookupError("ContextVar '" + variable.name() + "' has no value in this context");
}

Context copy_context() { return Context(detail::current_context()).copy(); }

} // namespace asyncio
