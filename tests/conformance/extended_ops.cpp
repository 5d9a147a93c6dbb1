#include "expression.hpp"
#include "replayer.hpp"

#include <algorithm>
#include <cmath>

// The ops of extended_scenario.py, one function for each.

namespace asyncio::conformance {
namespace {

std::string text(const json& word) { return word.get<std::string>(); }

std::string microseconds(double seconds) { return std::to_string(std::llrint(seconds * 1e6)); }

ContextVar<int>& variable(Replay& run, const json& name) { return run.object(name).as<ContextVar<int>>(); }

/// The task or the future of that name; a task takes precedence.
std::optional<Future<Value>> find_future(Replay& run, const json& name) {
    if (const Task<Value>* task = run.known(name)) return *task;
    if (Object* object = run.find_object(name)) return object->as<Future<Value>>();
    return std::nullopt;
}

// Awaitables

Coro<> op_eval(Replay& run, const json& op) {
    Expression expression = make_expression(run, op.at(1));
    const auto result = std::move(expression.text);
    co_await std::move(expression).await();
    run.log("value " + result());
}

std::vector<AnyFuture> all_of(Replay& run, const json& specs) {
    std::vector<AnyFuture> futures;
    for (const json& spec : specs) futures.push_back(make_expression(run, spec).ensure());
    return futures;
}

Coro<> op_wait_all(Replay& run, const json& op) {
    const std::vector<AnyFuture> futures = all_of(run, op.at(1));
    const auto result =
        co_await wait(futures, {.timeout = maybe_seconds(op.at(3)), .return_when = return_when(op.at(2))});
    std::string flags;
    for (const AnyFuture& future : futures) flags += std::ranges::contains(result.done, future) ? "d" : "p";
    run.log("waited " + flags + " " + std::to_string(result.done.size()) + " " +
            std::to_string(result.pending.size()));
}

/// Whether there was another one.
Coro<bool> complete_one(Replay& run, AsCompleted<AnyFuture>& results) {
    try {
        if (!co_await results.next()) co_return false;
        run.log("completed");
    } catch (const std::exception&) {
        run.log("completed raised " + spell(std::current_exception()));
    }
    co_return true;
}

Coro<> op_as_completed_of(Replay& run, const json& op) {
    auto results = as_completed(all_of(run, op.at(1)), maybe_seconds(op.at(2)));
    for (int left = op.at(3); left > 0 && co_await complete_one(run, results);) --left;
}

// Tasks

Coro<> op_spawn_eager(Replay& run, const json& op) {
    run.keep(create_task(run.coroutine(op.at(2)), {.name = op.at(1), .eager_start = true}));
    co_return;
}

Coro<> op_cancel_msg(Replay& run, const json& op) {
    if (const Task<Value>* task = run.known(op.at(1)))
        run.log("cancel " + text(op.at(1)) + " -> " + boolean(task->cancel(text(op.at(2)))));
    co_return;
}

Coro<> op_cancel_self(Replay& run, const json& op) {
    run.log(std::string("cancel self -> ") + boolean(current_task().cancel(text(op.at(1)))));
    co_return;
}

Coro<> op_cancelling(Replay& run, const json&) {
    run.log("cancelling " + std::to_string(current_task().cancelling()));
    co_return;
}

Coro<> op_await_self(Replay& run, const json&) {
    co_await current_task();
    run.log("awaited itself");
}

Coro<> op_rename(Replay& run, const json& op) {
    current_task().set_name(op.at(1));
    run.log("renamed");
    co_return;
}

Coro<> op_result(Replay& run, const json& op) {
    if (const auto future = find_future(run, op.at(1)))
        run.log("result " + text(op.at(1)) + " -> " + show(future->result()));
    co_return;
}

Coro<> op_exception(Replay& run, const json& op) {
    if (const auto future = find_future(run, op.at(1))) {
        const std::exception_ptr error = future->exception();
        run.log("exception " + text(op.at(1)) + " -> " + (error ? spell(error) : "None"));
    }
    co_return;
}

Coro<> op_all_tasks(Replay& run, const json&) {
    const std::vector<AnyTask> tasks = all_tasks();
    std::vector<std::string> names;
    for (const AnyTask& task : tasks)
        if (!task.get_name().starts_with("Task-")) names.push_back(task.get_name());
    std::ranges::sort(names);
    run.log("tasks " + std::to_string(tasks.size()) + " " + join(names));
    co_return;
}

Coro<> op_catch(Replay& run, const json& op) {
    try {
        co_await run.block(op.at(1));
    } catch (const Return&) {
        throw;
    } catch (...) {
        run.log("caught " + spell(std::current_exception()));
        if (op.at(2).get<bool>()) throw;
    }
}

std::string spell_part(const std::optional<ExceptionGroup>& part) {
    return part ? spell(std::make_exception_ptr(*part)) : "None";
}

Coro<> op_split(Replay& run, const json& op) {
    try {
        co_await run.block(op.at(2));
    } catch (const ExceptionGroup& group) {
        const auto [matching, rest] =
            op.at(1) == "Scenario" ? group.split<ScenarioError>() : group.split<TimeoutError>();
        run.log("split " + spell_part(matching) + " " + spell_part(rest));
        if (rest) throw *rest;
    }
}

// Futures

Coro<> op_future_new(Replay& run, const json& op) {
    run.object(op.at(1)).as<Future<Value>>() = Future<Value>(run.loop());
    co_return;
}

Coro<> op_future_cancel_msg(Replay& run, const json& op) {
    const bool cancelled = run.object(op.at(1)).as<Future<Value>>().cancel(text(op.at(2)));
    run.log("cancel " + text(op.at(1)) + " -> " + boolean(cancelled));
    co_return;
}

// Groups and timeouts

void spawn_in(Replay& run, TaskGroup& group, const json& name, const json& coro, bool eager) {
    run.keep(group.create_task(run.coroutine(coro), {.name = name, .eager_start = eager}));
}

Coro<> op_group_of(Replay& run, const json& op) {
    const auto group = std::make_shared<TaskGroup>();
    run.groups.insert_or_assign(text(op.at(1)), group);
    co_await async_with(*group, [&](TaskGroup& group) -> Coro<> {
        for (const json& member : op.at(2)) spawn_in(run, group, member.at(0), member.at(1), member.at(2));
        co_await run.block(op.at(3));
    });
    run.log("group left");
}

Coro<> op_group_spawn(Replay& run, const json& op) {
    const auto found = run.groups.find(text(op.at(1)));
    if (found == run.groups.end()) co_return;
    const auto group = found->second;
    spawn_in(run, *group, op.at(2), op.at(3), op.at(4));
}

std::optional<double> from_now(Replay& run, const json& delay) {
    if (delay.is_null()) return std::nullopt;
    return run.loop().time() + seconds(delay);
}

Coro<> op_deadline(Replay& run, const json& op) {
    const bool at = op.at(2) == "at";
    const auto scope = std::make_shared<Timeout>(at ? timeout_at(from_now(run, op.at(3)))
                                                    : timeout(maybe_seconds(op.at(3))));
    run.scopes.insert_or_assign(text(op.at(1)), scope);
    co_await async_with(*scope, [&] { return run.block(op.at(4)); });
    run.log(std::string("deadline passed expired=") + boolean(scope->expired()));
}

Coro<> op_reschedule(Replay& run, const json& op) {
    const auto found = run.scopes.find(text(op.at(1)));
    if (found == run.scopes.end()) co_return;
    found->second->reschedule(from_now(run, op.at(2)));
    run.log("rescheduled " + text(op.at(1)));
}

Coro<> op_reenter(Replay& run, const json& op) {
    const auto found = run.scopes.find(text(op.at(1)));
    if (found == run.scopes.end()) co_return;
    const auto scope = found->second;
    co_await async_with(*scope, [&]() -> Coro<> {
        run.log("entered again");
        co_return;
    });
}

Coro<> op_scope(Replay& run, const json& op) {
    const auto found = run.scopes.find(text(op.at(1)));
    if (found == run.scopes.end()) co_return;
    const Timeout& scope = *found->second;
    run.log("scope " + text(op.at(1)) + " expired=" + boolean(scope.expired()) +
            " when=" + (scope.when() ? microseconds(*scope.when()) : "None"));
}

// Callbacks and handles

Coro<> op_soon_do(Replay& run, const json& op) {
    const auto handle = run.loop().call_soon([&run, &op] { run.now(op.at(2)); });
    run.handles.insert_or_assign(text(op.at(1)), handle);
    co_return;
}

Coro<> op_later_do(Replay& run, const json& op) {
    const auto handle = run.loop().call_later(seconds(op.at(2)), [&run, &op] { run.now(op.at(3)); });
    run.handles.insert_or_assign(text(op.at(1)), handle);
    co_return;
}

Coro<> op_at_do(Replay& run, const json& op) {
    const double when = run.loop().time() + seconds(op.at(2));
    const auto handle = run.loop().call_at(when, [&run, &op] { run.now(op.at(3)); });
    run.handles.insert_or_assign(text(op.at(1)), handle);
    run.log("at " + microseconds(handle.when()));
    co_return;
}

Coro<> op_cancel_handle(Replay& run, const json& op) {
    const auto found = run.handles.find(text(op.at(1)));
    if (found == run.handles.end()) co_return;
    const Handle handle = found->second;
    const bool before = handle.cancelled();
    handle.cancel();
    run.log("handle " + text(op.at(1)) + " " + boolean(before) + " " + boolean(handle.cancelled()));
}

Coro<> op_when_done(Replay& run, const json& op) {
    if (const auto future = find_future(run, op.at(2))) {
        const DoneCallbackId id = future->add_done_callback([&run, &op] { run.now(op.at(3)); });
        run.callbacks.insert_or_assign(text(op.at(1)), std::pair(AnyFuture(*future), id));
    }
    co_return;
}

Coro<> op_forget_when_done(Replay& run, const json& op) {
    const auto found = run.callbacks.find(text(op.at(1)));
    if (found == run.callbacks.end()) co_return;
    auto& [future, id] = found->second;
    run.log("removed " + std::to_string(future.remove_done_callback(id)));
}

// Context variables

Coro<> op_var_set(Replay& run, const json& op) {
    variable(run, op.at(1)).set(op.at(2));
    co_return;
}

Coro<> op_var_get(Replay& run, const json& op) {
    run.log("var " + text(op.at(1)) + " " + std::to_string(variable(run, op.at(1)).get()));
    co_return;
}

Coro<> op_var_with(Replay& run, const json& op) {
    ContextVar<int>& var = variable(run, op.at(1));
    auto token = var.set(op.at(2));
    run.log("var was " + (token.old_value() ? std::to_string(*token.old_value()) : "missing"));
    const std::exception_ptr error = co_await detail::error_of(run.block(op.at(3)));
    var.reset(token);
    if (error) std::rethrow_exception(error);
}

// Primitives

Coro<> op_count(Replay& run, const json& op) {
    ++run.object(op.at(1)).as<Counter>().value;
    co_return;
}

Coro<> op_condition_wait_for(Replay& run, const json& op) {
    const Counter& counter = run.object(op.at(2)).as<Counter>();
    const int at_least = op.at(3);
    const bool result =
        co_await run.object(op.at(1)).as<Condition>().wait_for([&] { return counter.value >= at_least; });
    run.log("condition " + text(op.at(1)) + " " + boolean(result));
}

Coro<> op_barrier_with(Replay& run, const json& op) {
    co_await async_with(run.object(op.at(1)).as<Barrier>(), [&](int position) -> Coro<> {
        run.log("inside " + text(op.at(1)) + " as " + std::to_string(position));
        co_await run.block(op.at(2));
    });
    run.log("left " + text(op.at(1)));
}

Coro<> op_barrier_state(Replay& run, const json& op) {
    const Barrier& barrier = run.object(op.at(1)).as<Barrier>();
    run.log("barrier " + text(op.at(1)) + " " + std::to_string(barrier.parties()) + " " +
            std::to_string(barrier.n_waiting()) + " " + boolean(barrier.broken()));
    co_return;
}

Coro<> op_is_set(Replay& run, const json& op) {
    run.log("event " + text(op.at(1)) + " " + boolean(run.object(op.at(1)).as<Event>().is_set()));
    co_return;
}

// Generators

Coro<> iterate(Replay& run, AsyncGenerator<int>& generator, const json& op) {
    int count = 0;
    while (const auto value = co_await generator.next()) {
        run.log("generated " + std::to_string(*value));
        co_await run.block(op.at(3));
        if (++count == op.at(2).get<int>()) break;
    }
}

Coro<> op_generate(Replay& run, const json& op) {
    const auto generator = run.new_generator(op.at(1));
    const std::exception_ptr error = co_await detail::error_of(iterate(run, *generator, op));
    co_await generator->aclose();
    if (error) std::rethrow_exception(error);
    run.log("generator left");
}

Coro<> op_generator_new(Replay& run, const json& op) {
    run.generators.insert_or_assign(text(op.at(1)), run.new_generator(op.at(2)));
    co_return;
}

Coro<> op_generator_next(Replay& run, const json& op) {
    const auto found = run.generators.find(text(op.at(1)));
    if (found == run.generators.end()) co_return;
    const auto generator = found->second;
    if (const auto value = co_await generator->next())
        run.log("generator " + text(op.at(1)) + " gave " + std::to_string(*value));
    else
        run.log("generator " + text(op.at(1)) + " is at its end");
}

Coro<> op_generator_close(Replay& run, const json& op) {
    const auto found = run.generators.find(text(op.at(1)));
    if (found == run.generators.end()) co_return;
    const auto generator = found->second;
    co_await generator->aclose();
    run.log("closed " + text(op.at(1)));
}

} // namespace

const OpTable& extended_ops() {
    static const OpTable table{
        {"eval", op_eval},
        {"wait_all", op_wait_all},
        {"as_completed_of", op_as_completed_of},
        {"spawn_eager", op_spawn_eager},
        {"cancel_msg", op_cancel_msg},
        {"cancel_self", op_cancel_self},
        {"cancelling", op_cancelling},
        {"await_self", op_await_self},
        {"rename", op_rename},
        {"result", op_result},
        {"exception", op_exception},
        {"all_tasks", op_all_tasks},
        {"catch", op_catch},
        {"split", op_split},
        {"future_new", op_future_new},
        {"future_cancel_msg", op_future_cancel_msg},
        {"group_of", op_group_of},
        {"group_spawn", op_group_spawn},
        {"deadline", op_deadline},
        {"reschedule", op_reschedule},
        {"reenter", op_reenter},
        {"scope", op_scope},
        {"soon_do", op_soon_do},
        {"later_do", op_later_do},
        {"at_do", op_at_do},
        {"cancel_handle", op_cancel_handle},
        {"when_done", op_when_done},
        {"forget_when_done", op_forget_when_done},
        {"var_set", op_var_set},
        {"var_get", op_var_get},
        {"var_with", op_var_with},
        {"count", op_count},
        {"condition_wait_for", op_condition_wait_for},
        {"barrier_with", op_barrier_with},
        {"barrier_state", op_barrier_state},
        {"is_set", op_is_set},
        {"generate", op_generate},
        {"generator_new", op_generator_new},
        {"generator_next", op_generator_next},
        {"generator_close", op_generator_close},
    };
    return table;
}

} // namespace asyncio::conformance
