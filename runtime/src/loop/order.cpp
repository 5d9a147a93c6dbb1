#include "order.hpp"

#include <asyncio/detail/task_base.hpp>

#include <unordered_map>

namespace asyncio::detail {
namespace {

struct Step {
    TaskBase* task;
    const void* turns_given_by;
};

const void* turns_given_by(const TaskBase& task) noexcept {
    const FutureBase* awaited = task.waits_for();
    return awaited == nullptr ? nullptr : awaited->turns_given_by();
}

/// Restores the original order among the steps that got their turn from the same primitive.
void keep_turns(const std::vector<Step>& before, std::vector<Step>& shuffled) {
    std::unordered_map<const void*, std::vector<Step>> turns;
    for (const Step& step : before)
        if (step.turns_given_by != nullptr) turns[step.turns_given_by].push_back(step);
    std::unordered_map<const void*, std::size_t> taken;
    for (Step& step : shuffled)
        if (const void* giver = step.turns_given_by; giver != nullptr) step = turns[giver][taken[giver]++];
}

} // namespace

void Order::shuffle(CallbackList& batch) {
    std::vector<Callback*> callbacks;
    std::vector<std::size_t> places;
    std::vector<Step> steps;
    while (!batch.empty()) {
        callbacks.push_back(&batch.pop_front());
        auto* task = dynamic_cast<TaskBase*>(callbacks.back());
        if (task == nullptr) continue;
        places.push_back(callbacks.size() - 1);
        steps.push_back({.task = task, .turns_given_by = turns_given_by(*task)});
    }
    std::vector<Step> shuffled = steps;
    shuffle(shuffled);
    keep_turns(steps, shuffled);
    for (std::size_t i = 0; i < places.size(); ++i) callbacks[places[i]] = shuffled[i].task;
    for (Callback* callback : callbacks) batch.push_back(*callback);
}

} // namespace asyncio::detail
