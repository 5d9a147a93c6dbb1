#include "locals.hpp"

// The ops of early_scenario.py, one function for each.

namespace asyncio::conformance {
namespace {

std::string text(const json& word) { return word.get<std::string>(); }

Coro<> op_locals(Replay& run, const json& op) { return declare(run, op, 0); }

// Held resources

Coro<> op_scoped(Replay& run, const json& op) {
    const auto body = [&]() -> Coro<> {
        run.log("entered " + text(op.at(1)));
        co_await run.block(op.at(2));
    };
    const auto after = [&]() -> Coro<> {
        run.log("released " + text(op.at(1)));
        co_await run.block(op.at(3));
    };
    co_await run.object(op.at(1)).scoped(body, op.at(3).empty() ? std::function<Coro<>()>()
                                                                : std::function<Coro<>()>(after));
}

Coro<> op_hand_over(Replay& run, const json& op) {
    return run.object(op.at(1)).hand_over(run, op.at(2), op.at(3));
}

Coro<> op_stack(Replay& run, const json& op) {
    co_await async_with(AsyncExitStack(), [&](AsyncExitStack& stack) -> Coro<> {
        for (const json& name : op.at(1)) {
            co_await run.object(name).enter(stack);
            run.log("entered " + text(name));
        }
        co_await run.block(op.at(2));
    });
    run.log("stack left");
}

// Groups, timeouts, generators

void spawn_in(Replay& run, TaskGroup& group, const json& name, const json& coro, bool eager) {
    run.keep(group.create_task(run.coroutine(coro), {.name = name, .eager_start = eager}));
}

Coro<> op_enter_group(Replay& run, const json& op) {
    co_await async_with(run.object(op.at(1)).as<TaskGroup>(), [&](TaskGroup& group) -> Coro<> {
        for (const json& member : op.at(2)) spawn_in(run, group, member.at(0), member.at(1), member.at(2));
        co_await run.block(op.at(3));
    });
    run.log("group left");
}

Coro<> op_spawn_in(Replay& run, const json& op) {
    spawn_in(run, run.object(op.at(1)).as<TaskGroup>(), op.at(2), op.at(3), op.at(4));
    co_return;
}

Coro<> op_enter_timeout(Replay& run, const json& op) {
    co_await async_with(run.object(op.at(1)).as<Timeout>(), [&] { return run.block(op.at(2)); });
    run.log("timeout left");
}

Coro<> op_move_deadline(Replay& run, const json& op) {
    Timeout& scope = run.object(op.at(1)).as<Timeout>();
    scope.reschedule(op.at(2).is_null() ? std::nullopt
                                        : std::optional(run.loop().time() + seconds(op.at(2))));
    run.log("rescheduled " + text(op.at(1)));
    co_return;
}

Coro<> op_next(Replay& run, const json& op) {
    if (const auto value = co_await run.object(op.at(1)).as<AsyncGenerator<int>>().next())
        run.log("generator " + text(op.at(1)) + " gave " + std::to_string(*value));
    else
        run.log("generator " + text(op.at(1)) + " is at its end");
}

Coro<> op_close(Replay& run, const json& op) {
    co_await run.object(op.at(1)).as<AsyncGenerator<int>>().aclose();
    run.log("closed " + text(op.at(1)));
}

Coro<> op_closing(Replay& run, const json& op) {
    auto& generator = run.object(op.at(1)).as<AsyncGenerator<int>>();
    co_await async_with(aclosing(generator), [&] { return run.block(op.at(2)); });
    run.log("left " + text(op.at(1)));
}

} // namespace

const OpTable& early_ops() {
    static const OpTable table{
        {"locals", op_locals},
        {"scoped", op_scoped},
        {"hand_over", op_hand_over},
        {"stack", op_stack},
        {"enter_group", op_enter_group},
        {"spawn_in", op_spawn_in},
        {"enter_timeout", op_enter_timeout},
        {"move_deadline", op_move_deadline},
        {"next", op_next},
        {"close", op_close},
        {"closing", op_closing},
    };
    return table;
}

} // namespace asyncio::conformance
