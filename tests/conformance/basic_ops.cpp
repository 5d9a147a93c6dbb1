#include "replayer.hpp"

#include <algorithm>
#include <functional>

namespace asyncio::conformance {
namespace {

Coro<> op_log(Replay& run, const json& op) {
    run.log("log " + op.at(1).get<std::string>());
    co_return;
}
Coro<> op_sleep(Replay& run, const json& op) {
    co_await sleep(seconds(op.at(1)));
    run.log("slept");
}
Coro<> op_yield(Replay& run, const json&) {
    co_await sleep(0);
    run.log("yielded");
}
Coro<> op_spawn(Replay& run, const json& op) {
    run.keep(create_task(run.coroutine(op.at(2)), op.at(1).get<std::string>()));
    co_return;
}
Coro<> op_call(Replay& run, const json& op) {
    const Value value = co_await run.coroutine(op.at(1));
    run.log("called " + op.at(1).get<std::string>() + " -> " + show(value));
}
Coro<> op_await(Replay& run, const json& op) {
    if (const Task<Value>* task = run.known(op.at(1)))
        run.log("awaited " + op.at(1).get<std::string>() + " -> " + show(co_await Task<Value>(*task)));
}
Coro<> op_cancel(Replay& run, const json& op) {
    if (const Task<Value>* task = run.known(op.at(1)))
        run.log("cancel " + op.at(1).get<std::string>() + " -> " + boolean(task->cancel()));
    co_return;
}
Coro<> op_uncancel(Replay& run, const json&) {
    run.log("uncancel -> " + std::to_string(current_task().uncancel()));
    co_return;
}
Coro<> op_state(Replay& run, const json& op) {
    if (const Task<Value>* task = run.known(op.at(1)))
        run.log("state " + op.at(1).get<std::string>() + " done=" + boolean(task->done()) + " cancelled=" +
                boolean(task->cancelled()) + " cancelling=" + std::to_string(task->cancelling()));
    co_return;
}
Coro<> op_gather(Replay& run, const json& op) {
    std::vector<std::string> texts;
    if (op.at(2).get<bool>())
        for (const Outcome<Value>& result : co_await gather(return_exceptions, run.all_known(op.at(1))))
            texts.push_back(describe_outcome(result));
    else
        for (const Value& result : co_await gather(run.all_known(op.at(1)))) texts.push_back(show(result));
    run.log("gathered " + join(texts));
}
std::string names_of(const std::vector<Task<Value>>& tasks) {
    std::vector<std::string> names;
    for (const Task<Value>& task : tasks) names.push_back(task.get_name());
    std::ranges::sort(names);
    return join(names);
}
Coro<> op_wait(Replay& run, const json& op) {
    const std::vector<Task<Value>> tasks = run.all_known(op.at(1));
    if (tasks.empty()) co_return;
    const auto result =
        co_await wait(tasks, {.timeout = maybe_seconds(op.at(3)), .return_when = return_when(op.at(2))});
    run.log("waited done=" + names_of(result.done) + " pending=" + names_of(result.pending));
}
Coro<> op_wait_for(Replay& run, const json& op) {
    if (const Task<Value>* task = run.known(op.at(1)))
        run.log("wait_for " + op.at(1).get<std::string>() + " -> " +
                show(co_await wait_for(Task<Value>(*task), seconds(op.at(2)))));
}
Coro<> op_wait_for_coro(Replay& run, const json& op) {
    const Value value = co_await wait_for(run.coroutine(op.at(1)), seconds(op.at(2)));
    run.log("wait_for " + op.at(1).get<std::string>() + " -> " + show(value));
}
Coro<> op_as_completed(Replay& run, const json& op) {
    auto results = as_completed(run.all_known(op.at(1)), maybe_seconds(op.at(2)));
    for (bool more = true; more;) {
        co_await detail::ResumePoint();
        try {
            const std::optional<Value> value = co_await results.next();
            more = value.has_value();
            if (more) run.log("completed -> " + show(*value));
        } catch (const std::exception&) {
            run.log("completed raised " + describe_for_trace(std::current_exception()));
        }
    }
}
Coro<> op_shield(Replay& run, const json& op) {
    if (const Task<Value>* task = run.known(op.at(1)))
        run.log("shielded " + op.at(1).get<std::string>() + " -> " + show(co_await shield(*task)));
}
Coro<> op_timeout(Replay& run, const json& op) {
    // The scope is checked after it is left.
    Timeout scope = timeout(seconds(op.at(1)));
    co_await async_with(scope, [&](Timeout&) { return run.block(op.at(2)); });
    run.log(std::string("timeout passed expired=") + boolean(scope.expired()));
}
Coro<> op_group(Replay& run, const json& op) {
    co_await async_with(TaskGroup(), [&](TaskGroup& group) -> Coro<> {
        for (const json& member : op.at(1))
            run.keep(group.create_task(run.coroutine(member.at(1)), member.at(0).get<std::string>()));
        co_await run.block(op.at(2));
    });
    run.log("group left");
}
Coro<> op_acquire(Replay& run, const json& op) {
    co_await run.object(op.at(1)).acquire();
    run.log("acquired " + op.at(1).get<std::string>());
}
Coro<> op_release(Replay& run, const json& op) {
    run.object(op.at(1)).release();
    run.log("released " + op.at(1).get<std::string>());
    co_return;
}
Coro<> op_locked(Replay& run, const json& op) {
    run.log("locked " + op.at(1).get<std::string>() + " -> " + boolean(run.object(op.at(1)).locked()));
    co_return;
}
Coro<> op_with(Replay& run, const json& op) {
    const std::string name = op.at(1);
    co_await run.object(name).with([&]() -> Coro<> {
        run.log("entered " + name);
        co_await run.block(op.at(2));
    });
    run.log("left " + name);
}
Coro<> op_set(Replay& run, const json& op) {
    run.object(op.at(1)).as<Event>().set();
    run.log("set " + op.at(1).get<std::string>());
    co_return;
}
Coro<> op_clear(Replay& run, const json& op) {
    run.object(op.at(1)).as<Event>().clear();
    run.log("cleared " + op.at(1).get<std::string>());
    co_return;
}
Coro<> op_event_wait(Replay& run, const json& op) {
    co_await run.object(op.at(1)).as<Event>().wait();
    run.log("saw " + op.at(1).get<std::string>());
}
Coro<> op_condition_wait(Replay& run, const json& op) {
    co_await run.object(op.at(1)).as<Condition>().wait();
    run.log("notified " + op.at(1).get<std::string>());
}
Coro<> op_notify(Replay& run, const json& op) {
    run.object(op.at(1)).as<Condition>().notify(op.at(2).get<std::size_t>());
    run.log("notify " + op.at(1).get<std::string>() + " " + std::to_string(op.at(2).get<int>()));
    co_return;
}
Coro<> op_notify_all(Replay& run, const json& op) {
    run.object(op.at(1)).as<Condition>().notify_all();
    run.log("notify_all " + op.at(1).get<std::string>());
    co_return;
}
Coro<> op_barrier_wait(Replay& run, const json& op) {
    const int number = co_await run.object(op.at(1)).as<Barrier>().wait();
    run.log("passed " + op.at(1).get<std::string>() + " as " + std::to_string(number));
}
Coro<> op_barrier_abort(Replay& run, const json& op) {
    co_await run.object(op.at(1)).as<Barrier>().abort();
    run.log("aborted " + op.at(1).get<std::string>());
}
Coro<> op_barrier_reset(Replay& run, const json& op) {
    co_await run.object(op.at(1)).as<Barrier>().reset();
    run.log("reset " + op.at(1).get<std::string>());
}
Coro<> op_put(Replay& run, const json& op) {
    co_await run.object(op.at(1)).put(op.at(2));
    run.log("put " + op.at(1).get<std::string>() + " " + std::to_string(op.at(2).get<int>()));
}
Coro<> op_get(Replay& run, const json& op) {
    // Python builds the line, with its time, after the item has arrived.
    const int item = co_await run.object(op.at(1)).get();
    run.log("got " + op.at(1).get<std::string>() + " " + std::to_string(item));
}
Coro<> op_put_nowait(Replay& run, const json& op) {
    run.object(op.at(1)).put_nowait(op.at(2));
    run.log("put " + op.at(1).get<std::string>() + " " + std::to_string(op.at(2).get<int>()));
    co_return;
}
Coro<> op_get_nowait(Replay& run, const json& op) {
    run.log("got " + op.at(1).get<std::string>() + " " + std::to_string(run.object(op.at(1)).get_nowait()));
    co_return;
}
Coro<> op_task_done(Replay& run, const json& op) {
    run.object(op.at(1)).task_done();
    run.log("task_done " + op.at(1).get<std::string>());
    co_return;
}
Coro<> op_join(Replay& run, const json& op) {
    co_await run.object(op.at(1)).join();
    run.log("joined " + op.at(1).get<std::string>());
}
Coro<> op_shutdown(Replay& run, const json& op) {
    run.object(op.at(1)).shutdown(op.at(2));
    run.log("shutdown " + op.at(1).get<std::string>());
    co_return;
}
Coro<> op_qsize(Replay& run, const json& op) {
    const Object::QueueSize size = run.object(op.at(1)).queue_size();
    run.log("qsize " + op.at(1).get<std::string>() + " " + std::to_string(size.items) +
            " empty=" + boolean(size.empty) + " full=" + boolean(size.full));
    co_return;
}
Coro<> op_future_set(Replay& run, const json& op) {
    run.object(op.at(1)).as<Future<Value>>().set_result(op.at(2).get<int>());
    run.log("resolved " + op.at(1).get<std::string>());
    co_return;
}
Coro<> op_future_fail(Replay& run, const json& op) {
    run.object(op.at(1)).as<Future<Value>>().set_exception(ScenarioError(op.at(2), op.at(3)));
    run.log("failed " + op.at(1).get<std::string>());
    co_return;
}
Coro<> op_future_cancel(Replay& run, const json& op) {
    run.log("cancel " + op.at(1).get<std::string>() + " -> " +
            boolean(run.object(op.at(1)).as<Future<Value>>().cancel()));
    co_return;
}
Coro<> op_future_wait(Replay& run, const json& op) {
    const Value value = co_await run.object(op.at(1)).as<Future<Value>>();
    run.log("awaited " + op.at(1).get<std::string>() + " -> " + show(value));
}
Coro<> op_callback(Replay& run, const json& op) {
    const auto note = [&run, label = op.at(2).get<std::string>()] { run.log_as("-", "callback " + label); };
    if (const Task<Value>* task = run.known(op.at(1)))
        task->add_done_callback(note);
    else if (Object* object = run.find_object(op.at(1)))
        object->as<Future<Value>>().add_done_callback(note);
    co_return;
}
Coro<> op_call_soon(Replay& run, const json& op) {
    run.loop().call_soon([&run, label = op.at(1).get<std::string>()] { run.log_as("-", "soon " + label); });
    co_return;
}
Coro<> op_call_later(Replay& run, const json& op) {
    run.loop().call_later(seconds(op.at(1)),
                          [&run, label = op.at(2).get<std::string>()] { run.log_as("-", "later " + label); });
    co_return;
}
Coro<> op_raise(Replay& run, const json& op) {
    throw ScenarioError(op.at(1), op.at(2));
    co_return;
}
Coro<> op_return(Replay& run, const json& op) {
    throw Return{op.at(1).get<int>()};
    co_return;
}
Coro<> op_loop(Replay& run, const json& op) {
    for (int i = 0; i < op.at(1).get<int>(); ++i) co_await run.block(op.at(2));
}
/// Runs the first matching handler; returns the error if none matches.
Coro<std::exception_ptr> handle(Replay& run, std::exception_ptr error, const json& handlers) {
    for (const json& handler : handlers) {
        if (!matches(error, handler.at(0))) continue;
        run.log("except " + handler.at(0).get<std::string>() + ": " + describe_for_trace(error));
        co_await run.block(handler.at(1));
        co_return nullptr;
    }
    co_return error;
}
Coro<> op_try(Replay& run, const json& op) {
    std::exception_ptr error;
    bool returning = false;
    try {
        co_await run.block(op.at(1));
    } catch (const Return&) {
        error = std::current_exception();
        returning = true;
    } catch (...) {
        error = std::current_exception();
    }
    if (error && !returning) {
        try {
            error = co_await handle(run, error, op.at(2));
        } catch (...) {
            error = std::current_exception();
        }
    }
    if (!op.at(3).empty()) {
        run.log("finally");
        co_await run.block(op.at(3));
    }
    if (error) std::rethrow_exception(error);
}
} // namespace

const OpTable& basic_ops() {
    static const OpTable table{
        {"log", op_log},
        {"sleep", op_sleep},
        {"yield", op_yield},
        {"spawn", op_spawn},
        {"call", op_call},
        {"await", op_await},
        {"cancel", op_cancel},
        {"uncancel", op_uncancel},
        {"state", op_state},
        {"gather", op_gather},
        {"wait", op_wait},
        {"wait_for", op_wait_for},
        {"wait_for_coro", op_wait_for_coro},
        {"as_completed", op_as_completed},
        {"shield", op_shield},
        {"timeout", op_timeout},
        {"group", op_group},
        {"acquire", op_acquire},
        {"release", op_release},
        {"locked", op_locked},
        {"with", op_with},
        {"set", op_set},
        {"clear", op_clear},
        {"event_wait", op_event_wait},
        {"condition_wait", op_condition_wait},
        {"notify", op_notify},
        {"notify_all", op_notify_all},
        {"barrier_wait", op_barrier_wait},
        {"barrier_abort", op_barrier_abort},
        {"barrier_reset", op_barrier_reset},
        {"put", op_put},
        {"get", op_get},
        {"put_nowait", op_put_nowait},
        {"get_nowait", op_get_nowait},
        {"task_done", op_task_done},
        {"join", op_join},
        {"shutdown", op_shutdown},
        {"qsize", op_qsize},
        {"future_set", op_future_set},
        {"future_fail", op_future_fail},
        {"future_cancel", op_future_cancel},
        {"future_wait", op_future_wait},
        {"callback", op_callback},
        {"call_soon", op_call_soon},
        {"call_later", op_call_later},
        {"raise", op_raise},
        {"return", op_return},
        {"loop", op_loop},
        {"try", op_try},
    };
    return table;
}

} // namespace asyncio::conformance
