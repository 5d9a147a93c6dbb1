#include "expression.hpp"

namespace asyncio::conformance {
namespace {

using Maker = Expression (*)(Replay& run, const json& spec);
using Text = std::shared_ptr<std::string>;

Expression of_future(const Future<Value>& future) {
    return {.future = future, .coro = {}, .text = [future] { return show(future.result()); }};
}

/// A coroutine that stores its result as text.
template <class F> Expression of_coro(F start) {
    auto text = std::make_shared<std::string>();
    auto run = [](F start, Text text) -> Coro<> { *text = show(co_await start()); };
    return {.future = {}, .coro = run(std::move(start), text), .text = [text] { return *text; }};
}

Coro<Value> constant(Value value) { co_return value; }
Coro<Value> failing(const json& spec) {
    throw ScenarioError(spec.at(1), spec.at(2));
    co_return std::nullopt;
}
Coro<Value> sleeping(double delay, Value value) { co_return co_await sleep(delay, value); }

Expression make_task(Replay& run, const json& spec) {
    if (const Task<Value>* task = run.known(spec.at(1))) return of_future(*task);
    return of_coro([] { return constant(std::nullopt); });
}

Expression make_future(Replay& run, const json& spec) {
    return of_future(run.object(spec.at(1)).as<Future<Value>>());
}

Expression make_coro(Replay& run, const json& spec) {
    return of_coro([&run, name = spec.at(1).get<std::string>()] { return run.coroutine(name); });
}

Expression make_sleep(Replay&, const json& spec) {
    return of_coro(
        [delay = seconds(spec.at(1)), value = spec.at(2).get<int>()] { return sleeping(delay, value); });
}

Expression make_fail(Replay&, const json& spec) {
    return of_coro([&spec] { return failing(spec); });
}

std::string show_result(bool result) { return boolean(result); }
std::string show_result(int result) { return std::to_string(result); }

/// An operation that has been called: it may outlive the object.
template <class A> Expression of_operation(A operation) {
    auto text = std::make_shared<std::string>("None");
    auto run = [](A operation, Text text) -> Coro<> {
        if constexpr (std::is_void_v<detail::AwaitResult<A>>)
            co_await std::move(operation);
        else
            *text = show_result(co_await std::move(operation));
    };
    return {.future = {}, .coro = run(std::move(operation), text), .text = [text] { return *text; }};
}

Expression make_get(Replay& run, const json& spec) { return of_operation(run.object(spec.at(1)).get()); }

Expression make_put(Replay& run, const json& spec) {
    return of_operation(run.object(spec.at(1)).put(spec.at(2)));
}

Expression make_join(Replay& run, const json& spec) { return of_operation(run.object(spec.at(1)).join()); }

Expression make_acquire(Replay& run, const json& spec) {
    Expression acquiring = of_operation(run.object(spec.at(1)).acquire());
    acquiring.text = [] { return std::string(boolean(true)); };
    return acquiring;
}

Expression make_wait(Replay& run, const json& spec) {
    Object& object = run.object(spec.at(1));
    if (object.is<Event>()) return of_operation(object.as<Event>().wait());
    if (object.is<Barrier>()) return of_operation(object.as<Barrier>().wait());
    return of_operation(object.as<Condition>().wait());
}

using Texts = std::vector<std::function<std::string()>>;

Expression gather_values(const std::vector<AnyFuture>& children, Texts texts) {
    const auto all = gather(children);
    return {.future = all, .coro = {}, .text = [texts = std::move(texts)] {
                std::vector<std::string> values;
                for (const auto& text : texts) values.push_back(text());
                return join(values);
            }};
}

Expression gather_outcomes(const std::vector<AnyFuture>& children, Texts texts) {
    const auto all = gather(return_exceptions, children);
    return {.future = all, .coro = {}, .text = [all, texts = std::move(texts)] {
                std::vector<std::string> values;
                const auto outcomes = all.result();
                for (std::size_t i = 0; i < texts.size(); ++i)
                    values.push_back(outcomes[i] ? texts[i]() : spell(outcomes[i].error()));
                return join(values);
            }};
}

Expression make_gather(Replay& run, const json& spec) {
    std::vector<Expression> parts;
    for (const json& part : spec.at(1)) parts.push_back(make_expression(run, part));
    std::vector<AnyFuture> children;
    Texts texts;
    for (Expression& part : parts) {
        children.push_back(std::move(part).ensure());
        texts.push_back(std::move(part.text));
    }
    return spec.at(2).get<bool>() ? gather_outcomes(children, std::move(texts))
                                  : gather_values(children, std::move(texts));
}

Expression make_shield(Replay& run, const json& spec) {
    Expression inner = make_expression(run, spec.at(1));
    const auto outer = inner.future ? shield(*inner.future) : shield(std::move(*inner.coro));
    return {.future = outer, .coro = {}, .text = std::move(inner.text)};
}

Expression make_ensure(Replay& run, const json& spec) {
    Expression inner = make_expression(run, spec.at(1));
    const AnyFuture future = std::move(inner).ensure();
    return {.future = future, .coro = {}, .text = std::move(inner.text)};
}

Expression make_wait_for(Replay& run, const json& spec) {
    Expression inner = make_expression(run, spec.at(1));
    const MaybeDelay delay = maybe_seconds(spec.at(2));
    Coro<> waiting = inner.future ? wait_for(*inner.future, delay) : wait_for(std::move(*inner.coro), delay);
    return {.future = {}, .coro = std::move(waiting), .text = std::move(inner.text)};
}

} // namespace

AnyFuture Expression::ensure() && {
    if (future) return *future;
    return create_task(std::move(*coro));
}

Coro<> Expression::await() && {
    if (future) {
        const AnyFuture awaited = *std::move(future);
        co_await awaited;
    } else {
        Coro<> awaited = *std::move(coro);
        co_await awaited;
    }
}

Expression make_expression(Replay& run, const json& spec) {
    static const std::map<std::string, Maker> makers{
        {"task", make_task},         {"future", make_future}, {"coro", make_coro},
        {"sleep", make_sleep},       {"fail", make_fail},     {"get", make_get},
        {"gather", make_gather},     {"shield", make_shield}, {"ensure", make_ensure},
        {"wait_for", make_wait_for}, {"put", make_put},       {"join", make_join},
        {"acquire", make_acquire},   {"wait", make_wait}};
    return makers.at(spec.at(0))(run, spec);
}

} // namespace asyncio::conformance
