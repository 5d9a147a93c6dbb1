#include "objects.hpp"
#include "replayer.hpp"

#include <type_traits>
#include <utility>

namespace asyncio::conformance {
namespace {

template <class L> class LockObject final : public Holder<L> {
public:
    using Holder<L>::Holder;
    Coro<> acquire() override { co_await this->value.acquire(); }
    void release() override { this->value.release(); }
    bool locked() override { return this->value.locked(); }
    Coro<> with(std::function<Coro<>()> body) override { co_await async_with(this->value, std::move(body)); }
};

template <class Q> class QueueObject final : public Holder<Q> {
public:
    using Holder<Q>::Holder;
    Coro<> put(int item) override { return this->value.put(item); }
    Coro<int> get() override { return this->value.get(); }
    void put_nowait(int item) override { this->value.put_nowait(item); }
    int get_nowait() override { return this->value.get_nowait(); }
    void shutdown(bool immediate) override { this->value.shutdown(immediate); }
    Object::QueueSize queue_size() override {
        return {this->value.qsize(), this->value.empty(), this->value.full()};
    }
    void task_done() override { this->value.task_done(); }
    Coro<> join() override { return this->value.join(); }
};

} // namespace

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
