#include "locals.hpp"
#include "object_types.hpp"

#include <stdexcept>
#include <utility>

namespace asyncio::conformance {
namespace {

/// Registers a local under a name for as long as it exists or until another one takes the name.
class LocalName {
public:
    LocalName(Replay& run, std::string name, Object& object)
        : locals_(run.locals), name_(std::move(name)), object_(object) {
        locals_.insert_or_assign(name_, &object);
    }
    LocalName(const LocalName&) = delete;
    LocalName& operator=(const LocalName&) = delete;
    ~LocalName() {
        if (const auto found = locals_.find(name_); found != locals_.end() && found->second == &object_)
            locals_.erase(found);
    }

private:
    std::map<std::string, Object*>& locals_;
    std::string name_;
    Object& object_;
};

/// The frame that holds the local, an O constructed from `args`.
template <class O, class... Args>
Coro<> in_scope(Replay& run, const json& op, std::size_t index, Args... args) {
    O object(std::move(args)...);
    const LocalName name(run, op.at(1).at(index).at(0), object);
    co_await declare(run, op, index + 1);
}

/// An object that can be moved to another frame.
template <class O> class Local final : public O {
public:
    using O::O;
    Coro<> move_to_scope(Replay& run, const json& op, std::size_t index) override {
        return in_scope<Local>(run, op, index, std::move(this->value));
    }
};

template <class T> using LocalOf = Local<Holder<T>>;
template <class L> using LocalLock = Local<LockObject<L>>;
template <class Q> using LocalQueue = Local<QueueObject<Q>>;

using Declaration = Coro<> (*)(Replay& run, const json& op, std::size_t index, const json& spec);

template <class O> Coro<> plain(Replay& run, const json& op, std::size_t index, const json&) {
    return in_scope<O>(run, op, index);
}
template <class O> Coro<> of_number(Replay& run, const json& op, std::size_t index, const json& spec) {
    return in_scope<O>(run, op, index, spec.at(1).get<int>());
}
Coro<> condition(Replay& run, const json& op, std::size_t index, const json& spec) {
    if (spec.size() < 2) return in_scope<LocalLock<Condition>>(run, op, index);
    return in_scope<LocalLock<Condition>>(run, op, index, std::ref(run.object(spec.at(1)).as<Lock>()));
}
Coro<> future(Replay& run, const json& op, std::size_t index, const json&) {
    return in_scope<LocalOf<Future<Value>>>(run, op, index, std::ref(run.loop()));
}
Coro<> deadline(Replay& run, const json& op, std::size_t index, const json& spec) {
    return in_scope<LocalOf<Timeout>>(run, op, index, timeout(maybe_seconds(spec.at(1))));
}
Coro<> generator(Replay& run, const json& op, std::size_t index, const json& spec) {
    return in_scope<LocalOf<AsyncGenerator<int>>>(run, op, index, run.generator(spec.at(1)));
}
Coro<> moved(Replay& run, const json& op, std::size_t index, const json& spec) {
    if (const auto old = run.locals.find(spec.at(1)); old != run.locals.end())
        return old->second->move_to_scope(run, op, index);
    run.log("gone " + spec.at(1).get<std::string>());
    return declare(run, op, index + 1);
}

Declaration find_declaration(const std::string& type) {
    static const std::map<std::string, Declaration> declarations{
        {"Lock", plain<LocalLock<Lock>>},
        {"Condition", condition},
        {"Semaphore", of_number<LocalLock<Semaphore>>},
        {"BoundedSemaphore", of_number<LocalLock<BoundedSemaphore>>},
        {"Event", plain<LocalOf<Event>>},
        {"Barrier", of_number<LocalOf<Barrier>>},
        {"Queue", of_number<LocalQueue<Queue<int>>>},
        {"LifoQueue", of_number<LocalQueue<LifoQueue<int>>>},
        {"PriorityQueue", of_number<LocalQueue<PriorityQueue<int>>>},
        {"Future", future},
        {"Timeout", deadline},
        {"TaskGroup", plain<LocalOf<TaskGroup>>},
        {"Generator", generator},
        {"Moved", moved},
    };
    const auto found = declarations.find(type);
    if (found == declarations.end())
        throw std::logic_error("the replayer has no type of local named '" + type + "'");
    return found->second;
}

} // namespace

Coro<> declare(Replay& run, const json& op, std::size_t index) {
    const json& declarations = op.at(1);
    if (index == declarations.size()) return run.block(op.at(2));
    const json& spec = declarations.at(index).at(1);
    return find_declaration(spec.at(0))(run, op, index, spec);
}

} // namespace asyncio::conformance
