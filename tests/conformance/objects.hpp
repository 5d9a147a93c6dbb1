#pragma once

#include "scenario_error.hpp"

#include <asyncio.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

namespace asyncio::conformance {

class Replay;

/// An object of a scenario, with the operations of all types; a type refuses those it does not have.
class Object {
public:
    Object() = default;
    Object(const Object&) = delete;
    Object& operator=(const Object&) = delete;

    struct QueueSize {
        std::size_t items;
        bool empty;
        bool full;
    };

    virtual ~Object() = default;

    template <class T> T& as();
    template <class T> bool is() const;

    // Lock, Condition, Semaphore
    virtual Coro<> acquire() { refuse("acquire"); }
    virtual void release() { refuse("release"); }
    virtual bool locked() { refuse("locked"); }
    virtual Coro<> with(std::function<Coro<>()>) { refuse("with"); }
    /// Releases at the end of the scope; if there is `after`, right after the body, and then calls `after`.
    virtual Coro<> scoped(std::function<Coro<>()>, std::function<Coro<>()> /*after*/) { refuse("scoped"); }
    /// Acquires, for a new task that releases at its end.
    virtual Coro<> hand_over(Replay&, std::string /*task*/, std::string /*coro*/) { refuse("hand_over"); }
    virtual Coro<> enter(AsyncExitStack&) { refuse("stack"); }

    // Queues
    virtual Coro<> put(int) { refuse("put"); }
    virtual Coro<int> get() { refuse("get"); }
    virtual void put_nowait(int) { refuse("put_nowait"); }
    virtual int get_nowait() { refuse("get_nowait"); }
    virtual void shutdown(bool) { refuse("shutdown"); }
    virtual QueueSize queue_size() { refuse("qsize"); }
    virtual void task_done() { refuse("task_done"); }
    virtual Coro<> join() { refuse("join"); }

    /// For a local: as locals.hpp's declare(), with a new local that is moved from this one.
    virtual Coro<> move_to_scope(Replay&, const nlohmann::json& /*op*/, std::size_t /*index*/) {
        refuse("Moved");
    }

private:
    [[noreturn]] static void refuse(const char* operation) {
        throw std::logic_error(std::string("this type of object has no ") + operation);
    }
};

template <class T> class Holder : public Object {
public:
    template <class... Args> explicit Holder(Args&&... args) : value(std::forward<Args>(args)...) {}
    T value;
};

template <class T> T& Object::as() { return dynamic_cast<Holder<T>&>(*this).value; }
template <class T> bool Object::is() const { return dynamic_cast<const Holder<T>*>(this) != nullptr; }

/// How often an op `count` has run.
struct Counter {
    int value = 0;
};

/// Raises std::logic_error for an unknown type.
std::unique_ptr<Object> make_object(const nlohmann::json& spec, EventLoop& loop, Replay& run);

} // namespace asyncio::conformance
