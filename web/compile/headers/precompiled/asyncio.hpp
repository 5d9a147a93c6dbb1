#pragma once

namespace asyncio::precompiled {

/// What a program does with coroutines that give a T.
template <class T> static Coro<T> give(T value) {
    co_await sleep(std::chrono::milliseconds(1));
    co_return value;
}

[[maybe_unused]] static Coro<> nothing() { co_await sleep(std::chrono::seconds(1)); }

[[maybe_unused]] static Coro<> use_sleep() {
    co_await sleep(0);
    co_await sleep(0.5);
    co_await sleep(std::chrono::microseconds(1));
    co_await sleep(std::chrono::minutes(1));
}

template <class T, class... Argument>
static Coro<T> use_tasks(Coro<T> (*make)(Argument...), Argument... argument) {
    Task<T> task = create_task(make(argument...), "name");
    static_cast<void>(task.done() || task.cancel());
    co_await task;
    Task<T> another = create_task(make(argument...));
    static_cast<void>(co_await gather(another, task));
    static_cast<void>(co_await gather(make(argument...), make(argument...)));
    static_cast<void>(co_await gather(make(argument...), make(argument...), make(argument...)));
    std::vector<Coro<T>> coros;
    coros.push_back(make(argument...));
    static_cast<void>(co_await gather(std::move(coros)));
    std::vector<Task<T>> tasks;
    tasks.push_back(create_task(make(argument...)));
    tasks = {another, task};
    static_cast<void>(co_await gather(tasks));
    static_cast<void>(co_await gather(return_exceptions, tasks));
    static_cast<void>(co_await gather(return_exceptions, make(argument...), make(argument...)));
    static_cast<void>(co_await wait(tasks));
    auto ended = as_completed(tasks);
    while (auto result = co_await ended.next()) static_cast<void>(*result);
    co_await wait_for(make(argument...), std::chrono::milliseconds(1));
    co_return co_await make(argument...);
}

[[maybe_unused]] static Coro<> use_managers() {
    co_await async_with(timeout(std::chrono::milliseconds(1)), []() -> Coro<> { co_return; });
    co_await async_with(TaskGroup{}, [](TaskGroup& group) -> Coro<> {
        group.create_task(nothing());
        group.create_task(give(1));
        co_return;
    });
    Lock lock;
    auto held = co_await lock.scoped();
    Semaphore slots{1};
    auto slot = co_await slots.scoped();
    Event event;
    co_await event.wait();
    Condition condition;
    auto entered = co_await condition.scoped();
    co_await condition.wait();
}

template <class T> static Coro<> use_queue(T value) {
    Queue<T> queue;
    co_await queue.put(value);
    queue.put_nowait(value);
    value = co_await queue.get();
    value = queue.get_nowait();
    queue.task_done();
    co_await queue.join();
}

template <class T> static AsyncGenerator<T> generate(T value) { co_yield value; }

template <class T> static Coro<> use_generator(T value) {
    auto values = generate(value);
    while (auto each = co_await values.next()) value = *each;
}

template <class T> static Coro<> use_future(T value) {
    Future<T> future = get_running_loop().create_future<T>();
    future.set_result(value);
    static_cast<void>(co_await future);
    static_cast<void>(co_await wait_for(future, std::chrono::seconds(1)));
}

[[maybe_unused]] static Coro<> use_http(std::string url) {
    http::ClientSession session;
    auto response = co_await session.get(url);
    static_cast<void>(co_await response.text());
    static_cast<void>(co_await response.json());
    static_cast<void>(co_await fetch(url));
}

[[maybe_unused]] static int use_run() {
    run(nothing());
    run(use_tasks(nothing));
    run(use_tasks<std::string, std::string>(give, "text"));
    run(use_queue(1));
    run(use_queue(std::string("text")));
    run(use_sleep());
    run(use_managers());
    run(use_generator(1));
    run(use_generator(std::string("text")));
    run(use_future(1));
    run(use_future(std::string("text")));
    run(use_http("url"));
    static_cast<void>(run(give(true)));
    static_cast<void>(run(give(1.0)));
    static_cast<void>(run(give(std::optional<std::string>())));
    static_cast<void>(run(give(std::vector<int>())));
    static_cast<void>(run(give(std::vector<std::string>())));
    return run(use_tasks<int, int>(give, 1));
}

} // namespace asyncio::precompiled
