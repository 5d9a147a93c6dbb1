#include "replay.hpp"
#include "objects.hpp"
#include "scenario_error.hpp"

#include <asyncio.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

namespace asyncio::conformance {
namespace {

using nlohmann::json;

struct Stuck {};

std::string show(const Value& value) { return value ? std::to_string(*value) : "None"; }

std::string join(const std::vector<std::string>& texts) {
    std::string joined;
    for (const std::string& text : texts) joined += (joined.empty() ? "" : ", ") + text;
    return "[" + joined + "]";
}

const char* boolean(bool value) { return value ? "True" : "False"; }

double seconds(const json& microseconds) { return microseconds.get<double>() / 1e6; }

MaybeDelay maybe_seconds(const json& microseconds) {
    if (microseconds.is_null()) return std::nullopt;
    return Delay(seconds(microseconds));
}

/// A virtual clock that asks what to do when nothing is ready and no timer is set.
class OracleClock final : public VirtualClock {
public:
    std::function<void()> on_idle;
    void wait(EventLoop& loop, std::optional<double> timeout) override {
        if (timeout)
            VirtualClock::wait(loop, timeout);
        else
            on_idle();
    }
    bool has_pending_io() const override { return true; }
};

class Replay {
public:
    explicit Replay(const json& scenario) : scenario_(scenario) {
        auto clock = std::make_unique<OracleClock>();
        clock->on_idle = [this] { idle(); };
        loop_ = std::make_unique<EventLoop>(std::move(clock));
        loop_->set_exception_handler([](EventLoop&, const ExceptionContext&) {});
        for (const auto& [name, spec] : scenario.at("objects").items())
            objects_.emplace(name, make_object(spec, *loop_));
    }

    std::vector<std::string> run() {
        try {
            loop_->run_until_complete(Task<>(detail::spawn(*loop_, drive(), {})));
        } catch (const Stuck&) {
            lines_.push_back("STUCK");
        }
        loop_->close();
        return std::move(lines_);
    }

private:
    using Op = Coro<> (Replay::*)(const json&);
    static const std::map<std::string, Op>& ops();

    // Logging

    void log(const std::string& text) {
        const detail::TaskBase* task = loop_->current_task();
        log_as(task ? task->name() : "-", text);
    }
    void log_as(const std::string& who, const std::string& text) {
        lines_.push_back(std::to_string(std::llrint(loop_->time() * 1e6)) + " " + who + " " + text);
    }

    // The life of a run

    Coro<> drive() {
        main_ = create_task(top(), "main");
        co_await wait({*main_});
        co_await finish();
    }

    Coro<> top() {
        try {
            co_await block(scenario_.at("main"));
            log("main returned");
        } catch (const Return& stop) {
            log("main returned " + show(stop.value));
        } catch (...) {
            log("main raised " + describe_for_trace(std::current_exception()));
        }
    }

    Coro<> finish() {
        std::vector<Task<Value>> left;
        for (const Task<Value>& task : spawned_)
            if (!task.done()) left.push_back(task);
        for (const Task<Value>& task : left) task.cancel();
        for (const Outcome<Value>& result : co_await gather(return_exceptions, left))
            log_as("end", "left " + describe_outcome(result));
    }

    void idle() {
        if (++rounds_ > 8) throw Stuck();
        if (!main_->done()) {
            log_as("end", "DEADLOCK, main is cancelled");
            main_->cancel();
        } else {
            log_as("end", "DEADLOCK, the rest is cancelled");
            for (const Task<Value>& task : spawned_) task.cancel();
        }
    }

    static std::string describe_outcome(const Outcome<Value>& outcome) {
        return outcome ? show(*outcome) : describe_for_trace(outcome.error());
    }

    Coro<Value> coroutine(std::string name) {
        std::optional<Value> returned;
        try {
            co_await block(scenario_.at("coros").at(name));
        } catch (const Return& stop) {
            returned = stop.value;
        }
        co_return returned.value_or(std::nullopt);
    }

    Coro<> block(const json& ops_of_block) {
        for (const json& op : ops_of_block) {
            const auto found = ops().find(op.at(0));
            if (found == ops().end())
                throw std::logic_error("the replayer has no op named '" + op.at(0).get<std::string>() + "'");
            co_await (this->*found->second)(op);
        }
    }

    void keep(const Task<Value>& task) {
        tasks_.insert_or_assign(task.get_name(), task);
        spawned_.push_back(task);
        log("spawned " + task.get_name());
    }

    const Task<Value>* known(const json& name) const {
        const auto found = tasks_.find(name);
        return found == tasks_.end() ? nullptr : &found->second;
    }

    std::vector<Task<Value>> all_known(const json& names) const {
        std::vector<Task<Value>> tasks;
        for (const json& name : names)
            if (const Task<Value>* task = known(name)) tasks.push_back(*task);
        return tasks;
    }

    Object& object(const json& name) { return *objects_.at(name); }

    // One function for each op, op[0] being its name

    Coro<> op_log(const json& op) {
        log("log " + op.at(1).get<std::string>());
        co_return;
    }
    Coro<> op_sleep(const json& op) {
        co_await sleep(seconds(op.at(1)));
        log("slept");
    }
    Coro<> op_yield(const json&) {
        co_await sleep(0);
        log("yielded");
    }
    Coro<> op_spawn(const json& op) {
        keep(create_task(coroutine(op.at(2)), op.at(1).get<std::string>()));
        co_return;
    }
    Coro<> op_call(const json& op) {
        const Value value = co_await coroutine(op.at(1));
        log("called " + op.at(1).get<std::string>() + " -> " + show(value));
    }
    Coro<> op_await(const json& op) {
        if (const Task<Value>* task = known(op.at(1)))
            log("awaited " + op.at(1).get<std::string>() + " -> " + show(co_await Task<Value>(*task)));
    }
    Coro<> op_cancel(const json& op) {
        if (const Task<Value>* task = known(op.at(1)))
            log("cancel " + op.at(1).get<std::string>() + " -> " + boolean(task->cancel()));
        co_return;
    }
    Coro<> op_uncancel(const json&) {
        log("uncancel -> " + std::to_string(current_task().uncancel()));
        co_return;
    }
    Coro<> op_state(const json& op) {
        if (const Task<Value>* task = known(op.at(1)))
            log("state " + op.at(1).get<std::string>() + " done=" + boolean(task->done()) + " cancelled=" +
                boolean(task->cancelled()) + " cancelling=" + std::to_string(task->cancelling()));
        co_return;
    }
    Coro<> op_gather(const json& op) {
        std::vector<std::string> texts;
        if (op.at(2).get<bool>())
            for (const Outcome<Value>& result : co_await gather(return_exceptions, all_known(op.at(1))))
                texts.push_back(describe_outcome(result));
        else
            for (const Value& result : co_await gather(all_known(op.at(1)))) texts.push_back(show(result));
        log("gathered " + join(texts));
    }
    Coro<> op_wait(const json& op) {
        const std::vector<Task<Value>> tasks = all_known(op.at(1));
        if (tasks.empty()) co_return;
        static const std::map<std::string, ReturnWhen> kinds{{"FIRST_COMPLETED", FIRST_COMPLETED},
                                                             {"FIRST_EXCEPTION", FIRST_EXCEPTION},
                                                             {"ALL_COMPLETED", ALL_COMPLETED}};
        const auto result =
            co_await wait(tasks, {.timeout = maybe_seconds(op.at(3)), .return_when = kinds.at(op.at(2))});
        log("waited done=" + names_of(result.done) + " pending=" + names_of(result.pending));
    }
    static std::string names_of(const std::vector<Task<Value>>& tasks) {
        std::vector<std::string> names;
        for (const Task<Value>& task : tasks) names.push_back(task.get_name());
        std::ranges::sort(names);
        return join(names);
    }
    Coro<> op_wait_for(const json& op) {
        if (const Task<Value>* task = known(op.at(1)))
            log("wait_for " + op.at(1).get<std::string>() + " -> " +
                show(co_await wait_for(Task<Value>(*task), seconds(op.at(2)))));
    }
    Coro<> op_wait_for_coro(const json& op) {
        const Value value = co_await wait_for(coroutine(op.at(1)), seconds(op.at(2)));
        log("wait_for " + op.at(1).get<std::string>() + " -> " + show(value));
    }
    Coro<> op_as_completed(const json& op) {
        auto results = as_completed(all_known(op.at(1)), maybe_seconds(op.at(2)));
        for (bool more = true; more;) {
            co_await detail::ResumePoint();
            try {
                const std::optional<Value> value = co_await results.next();
                more = value.has_value();
                if (more) log("completed -> " + show(*value));
            } catch (const std::exception&) {
                log("completed raised " + describe_for_trace(std::current_exception()));
            }
        }
    }
    Coro<> op_shield(const json& op) {
        if (const Task<Value>* task = known(op.at(1)))
            log("shielded " + op.at(1).get<std::string>() + " -> " + show(co_await shield(*task)));
    }
    Coro<> op_timeout(const json& op) {
        // The scope is looked at after it is left.
        Timeout scope = timeout(seconds(op.at(1)));
        co_await async_with(scope, [&](Timeout&) { return block(op.at(2)); });
        log(std::string("timeout passed expired=") + boolean(scope.expired()));
    }
    Coro<> op_group(const json& op) {
        co_await async_with(TaskGroup(), [&](TaskGroup& group) -> Coro<> {
            for (const json& member : op.at(1))
                keep(group.create_task(coroutine(member.at(1)), member.at(0).get<std::string>()));
            co_await block(op.at(2));
        });
        log("group left");
    }
    Coro<> op_acquire(const json& op) {
        co_await object(op.at(1)).acquire();
        log("acquired " + op.at(1).get<std::string>());
    }
    Coro<> op_release(const json& op) {
        object(op.at(1)).release();
        log("released " + op.at(1).get<std::string>());
        co_return;
    }
    Coro<> op_locked(const json& op) {
        log("locked " + op.at(1).get<std::string>() + " -> " + boolean(object(op.at(1)).locked()));
        co_return;
    }
    Coro<> op_with(const json& op) {
        const std::string name = op.at(1);
        co_await object(name).with([&]() -> Coro<> {
            log("entered " + name);
            co_await block(op.at(2));
        });
        log("left " + name);
    }
    Coro<> op_set(const json& op) {
        object(op.at(1)).as<Event>().set();
        log("set " + op.at(1).get<std::string>());
        co_return;
    }
    Coro<> op_clear(const json& op) {
        object(op.at(1)).as<Event>().clear();
        log("cleared " + op.at(1).get<std::string>());
        co_return;
    }
    Coro<> op_event_wait(const json& op) {
        co_await object(op.at(1)).as<Event>().wait();
        log("saw " + op.at(1).get<std::string>());
    }
    Coro<> op_condition_wait(const json& op) {
        co_await object(op.at(1)).as<Condition>().wait();
        log("notified " + op.at(1).get<std::string>());
    }
    Coro<> op_notify(const json& op) {
        object(op.at(1)).as<Condition>().notify(op.at(2).get<std::size_t>());
        log("notify " + op.at(1).get<std::string>() + " " + std::to_string(op.at(2).get<int>()));
        co_return;
    }
    Coro<> op_notify_all(const json& op) {
        object(op.at(1)).as<Condition>().notify_all();
        log("notify_all " + op.at(1).get<std::string>());
        co_return;
    }
    Coro<> op_barrier_wait(const json& op) {
        const int number = co_await object(op.at(1)).as<Barrier>().wait();
        log("passed " + op.at(1).get<std::string>() + " as " + std::to_string(number));
    }
    Coro<> op_barrier_abort(const json& op) {
        co_await object(op.at(1)).as<Barrier>().abort();
        log("aborted " + op.at(1).get<std::string>());
    }
    Coro<> op_barrier_reset(const json& op) {
        co_await object(op.at(1)).as<Barrier>().reset();
        log("reset " + op.at(1).get<std::string>());
    }
    Coro<> op_put(const json& op) {
        co_await object(op.at(1)).put(op.at(2));
        log("put " + op.at(1).get<std::string>() + " " + std::to_string(op.at(2).get<int>()));
    }
    Coro<> op_get(const json& op) {
        // Python builds the line, with its time, after the item is there.
        const int item = co_await object(op.at(1)).get();
        log("got " + op.at(1).get<std::string>() + " " + std::to_string(item));
    }
    Coro<> op_put_nowait(const json& op) {
        object(op.at(1)).put_nowait(op.at(2));
        log("put " + op.at(1).get<std::string>() + " " + std::to_string(op.at(2).get<int>()));
        co_return;
    }
    Coro<> op_get_nowait(const json& op) {
        log("got " + op.at(1).get<std::string>() + " " + std::to_string(object(op.at(1)).get_nowait()));
        co_return;
    }
    Coro<> op_task_done(const json& op) {
        object(op.at(1)).queue().task_done();
        log("task_done " + op.at(1).get<std::string>());
        co_return;
    }
    Coro<> op_join(const json& op) {
        co_await object(op.at(1)).queue().join();
        log("joined " + op.at(1).get<std::string>());
    }
    Coro<> op_shutdown(const json& op) {
        object(op.at(1)).shutdown(op.at(2));
        log("shutdown " + op.at(1).get<std::string>());
        co_return;
    }
    Coro<> op_qsize(const json& op) {
        const Object::QueueSize size = object(op.at(1)).queue_size();
        log("qsize " + op.at(1).get<std::string>() + " " + std::to_string(size.items) +
            " empty=" + boolean(size.empty) + " full=" + boolean(size.full));
        co_return;
    }
    Coro<> op_future_set(const json& op) {
        object(op.at(1)).as<Future<Value>>().set_result(op.at(2).get<int>());
        log("resolved " + op.at(1).get<std::string>());
        co_return;
    }
    Coro<> op_future_fail(const json& op) {
        object(op.at(1)).as<Future<Value>>().set_exception(ScenarioError(op.at(2), op.at(3)));
        log("failed " + op.at(1).get<std::string>());
        co_return;
    }
    Coro<> op_future_cancel(const json& op) {
        log("cancel " + op.at(1).get<std::string>() + " -> " +
            boolean(object(op.at(1)).as<Future<Value>>().cancel()));
        co_return;
    }
    Coro<> op_future_wait(const json& op) {
        const Value value = co_await object(op.at(1)).as<Future<Value>>();
        log("awaited " + op.at(1).get<std::string>() + " -> " + show(value));
    }
    Coro<> op_callback(const json& op) {
        const auto note = [this, label = op.at(2).get<std::string>()] { log_as("-", "callback " + label); };
        if (const Task<Value>* task = known(op.at(1)))
            task->add_done_callback(note);
        else if (const auto found = objects_.find(op.at(1)); found != objects_.end())
            found->second->as<Future<Value>>().add_done_callback(note);
        co_return;
    }
    Coro<> op_call_soon(const json& op) {
        loop_->call_soon([this, label = op.at(1).get<std::string>()] { log_as("-", "soon " + label); });
        co_return;
    }
    Coro<> op_call_later(const json& op) {
        loop_->call_later(seconds(op.at(1)),
                          [this, label = op.at(2).get<std::string>()] { log_as("-", "later " + label); });
        co_return;
    }
    Coro<> op_raise(const json& op) {
        throw ScenarioError(op.at(1), op.at(2));
        co_return;
    }
    Coro<> op_return(const json& op) {
        throw Return{op.at(1).get<int>()};
        co_return;
    }
    Coro<> op_loop(const json& op) {
        for (int i = 0; i < op.at(1).get<int>(); ++i) co_await block(op.at(2));
    }
    Coro<> op_try(const json& op) {
        std::exception_ptr error;
        bool returning = false;
        try {
            co_await block(op.at(1));
        } catch (const Return&) {
            error = std::current_exception();
            returning = true;
        } catch (...) {
            error = std::current_exception();
        }
        if (error && !returning) {
            try {
                error = co_await handle(error, op.at(2));
            } catch (...) {
                error = std::current_exception();
            }
        }
        if (!op.at(3).empty()) {
            log("finally");
            co_await block(op.at(3));
        }
        if (error) std::rethrow_exception(error);
    }
    /// Runs the first handler that fits; gives the error back when none does.
    Coro<std::exception_ptr> handle(std::exception_ptr error, const json& handlers) {
        for (const json& handler : handlers) {
            if (!matches(error, handler.at(0))) continue;
            log("except " + handler.at(0).get<std::string>() + ": " + describe_for_trace(error));
            co_await block(handler.at(1));
            co_return nullptr;
        }
        co_return error;
    }

    const json& scenario_;
    std::vector<std::string> lines_;
    std::map<std::string, std::unique_ptr<Object>> objects_;
    std::unique_ptr<EventLoop> loop_;
    std::map<std::string, Task<Value>> tasks_; // the newest of each name
    std::vector<Task<Value>> spawned_;
    std::optional<Task<>> main_;
    int rounds_ = 0;
};

const std::map<std::string, Replay::Op>& Replay::ops() {
    static const std::map<std::string, Op> table{
        {"log", &Replay::op_log},
        {"sleep", &Replay::op_sleep},
        {"yield", &Replay::op_yield},
        {"spawn", &Replay::op_spawn},
        {"call", &Replay::op_call},
        {"await", &Replay::op_await},
        {"cancel", &Replay::op_cancel},
        {"uncancel", &Replay::op_uncancel},
        {"state", &Replay::op_state},
        {"gather", &Replay::op_gather},
        {"wait", &Replay::op_wait},
        {"wait_for", &Replay::op_wait_for},
        {"wait_for_coro", &Replay::op_wait_for_coro},
        {"as_completed", &Replay::op_as_completed},
        {"shield", &Replay::op_shield},
        {"timeout", &Replay::op_timeout},
        {"group", &Replay::op_group},
        {"acquire", &Replay::op_acquire},
        {"release", &Replay::op_release},
        {"locked", &Replay::op_locked},
        {"with", &Replay::op_with},
        {"set", &Replay::op_set},
        {"clear", &Replay::op_clear},
        {"event_wait", &Replay::op_event_wait},
        {"condition_wait", &Replay::op_condition_wait},
        {"notify", &Replay::op_notify},
        {"notify_all", &Replay::op_notify_all},
        {"barrier_wait", &Replay::op_barrier_wait},
        {"barrier_abort", &Replay::op_barrier_abort},
        {"barrier_reset", &Replay::op_barrier_reset},
        {"put", &Replay::op_put},
        {"get", &Replay::op_get},
        {"put_nowait", &Replay::op_put_nowait},
        {"get_nowait", &Replay::op_get_nowait},
        {"task_done", &Replay::op_task_done},
        {"join", &Replay::op_join},
        {"shutdown", &Replay::op_shutdown},
        {"qsize", &Replay::op_qsize},
        {"future_set", &Replay::op_future_set},
        {"future_fail", &Replay::op_future_fail},
        {"future_cancel", &Replay::op_future_cancel},
        {"future_wait", &Replay::op_future_wait},
        {"callback", &Replay::op_callback},
        {"call_soon", &Replay::op_call_soon},
        {"call_later", &Replay::op_call_later},
        {"raise", &Replay::op_raise},
        {"return", &Replay::op_return},
        {"loop", &Replay::op_loop},
        {"try", &Replay::op_try},
    };
    return table;
}

} // namespace

std::vector<std::string> replay(const json& scenario) { return Replay(scenario).run(); }

} // namespace asyncio::conformance
