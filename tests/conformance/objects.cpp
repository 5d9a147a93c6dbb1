#include "object_types.hpp"

namespace asyncio::conformance {

std::unique_ptr<Object> make_object(const nlohmann::json& spec, EventLoop& loop, Replay& run) {
    const std::string type = spec.at(0);
    const auto argument = [&] { return spec.at(1).get<int>(); };
    if (type == "Lock") return std::make_unique<LockObject<Lock>>();
    if (type == "Condition" && spec.size() > 1)
        return std::make_unique<LockObject<Condition>>(run.object(spec.at(1)).as<Lock>());
    if (type == "Condition") return std::make_unique<LockObject<Condition>>();
    if (type == "Semaphore") return std::make_unique<LockObject<Semaphore>>(argument());
    if (type == "BoundedSemaphore") return std::make_unique<LockObject<BoundedSemaphore>>(argument());
    if (type == "Event") return std::make_unique<Holder<Event>>();
    if (type == "Barrier") return std::make_unique<Holder<Barrier>>(argument());
    if (type == "Queue") return std::make_unique<QueueObject<Queue<int>>>(argument());
    if (type == "LifoQueue") return std::make_unique<QueueObject<LifoQueue<int>>>(argument());
    if (type == "PriorityQueue") return std::make_unique<QueueObject<PriorityQueue<int>>>(argument());
    if (type == "Future") return std::make_unique<Holder<Future<Value>>>(loop);
    if (type == "Counter") return std::make_unique<Holder<Counter>>();
    if (type == "Var" && spec.size() > 1) return std::make_unique<Holder<ContextVar<int>>>("var", argument());
    if (type == "Var") return std::make_unique<Holder<ContextVar<int>>>("var");
    throw std::logic_error("the replayer has no type of object named '" + type + "'");
}

} // namespace asyncio::conformance
