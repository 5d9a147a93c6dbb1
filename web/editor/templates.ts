/** A common program pattern, inserted by its name. */
export interface Template {
  /** The name to type for it. */
  name: string;
  title: string;
  /** Where it is valid: at the top of a file, or inside a coroutine. */
  scope: 'file' | 'coroutine';
  /** In the snippet syntax of editors: `${1:name}` is a placeholder, `$0` the final cursor position. */
  body: string;
}

export const templates: readonly Template[] = [
  {
    name: 'main',
    title: 'a program with asyncio::run',
    scope: 'file',
    body: `#include <asyncio.hpp>
#include <print>

asyncio::Coro<> \${1:run}() {
    co_await asyncio::sleep(\${2:1});
    std::println("\${3:done}");$0
}

int main() { asyncio::run(\${1:run}()); }
`,
  },
  {
    name: 'coro',
    title: 'a coroutine',
    scope: 'file',
    body: `asyncio::Coro<\${1:int}> \${2:work}(\${3:int number}) {
    co_await asyncio::sleep(0);
    co_return \${4:number};$0
}
`,
  },
  {
    name: 'generator',
    title: 'an async generator',
    scope: 'file',
    body: `asyncio::AsyncGenerator<\${1:int}> \${2:ticks}(\${3:int count}) {
    for (int i = 0; i < \${4:count}; ++i) {
        co_await asyncio::sleep(\${5:0.1});
        co_yield \${6:i};
    }$0
}
`,
  },
  {
    name: 'worker',
    title: 'a worker that takes jobs from a queue',
    scope: 'file',
    body: `asyncio::Coro<> \${1:worker}(asyncio::Queue<\${2:int}>& \${3:jobs}) {
    while (true) {
        \${2:int} job = co_await \${3:jobs}.get();
        std::println("job {}", job);$0
        \${3:jobs}.task_done();
    }
}
`,
  },
  {
    name: 'group',
    title: 'a task group: all succeed, or all are stopped',
    scope: 'coroutine',
    body: `co_await asyncio::async_with(asyncio::TaskGroup{}, [](asyncio::TaskGroup& group) -> asyncio::Coro<> {
    group.create_task(\${1:work()});
    group.create_task(\${2:work()});$0
    co_return;
});`,
  },
  {
    name: 'gather',
    title: 'several at once, their results together',
    scope: 'coroutine',
    body: `co_await asyncio::gather(\${1:asyncio::sleep(1)}, \${2:asyncio::sleep(2)});$0`,
  },
  {
    name: 'timeout',
    title: 'a block with a deadline',
    scope: 'coroutine',
    body: `try {
    co_await asyncio::async_with(asyncio::timeout(\${1:1}), [&]() -> asyncio::Coro<> {
        \${2:co_await asyncio::sleep(10);}$0
    });
} catch (const asyncio::TimeoutError&) {
    \${3:// too late}
}`,
  },
  {
    name: 'waitfor',
    title: 'a coroutine with a deadline',
    scope: 'coroutine',
    body: `try {
    co_await asyncio::wait_for(\${1:asyncio::sleep(10)}, \${2:1});$0
} catch (const asyncio::TimeoutError&) {
    \${3:// too late}
}`,
  },
  {
    name: 'lock',
    title: 'a block that holds a lock',
    scope: 'coroutine',
    body: `{
    auto held = co_await \${1:lock}.scoped();
    \${2:co_await asyncio::sleep(0);}$0
}`,
  },
  {
    name: 'foreach',
    title: 'each value of an async generator',
    scope: 'coroutine',
    body: `while (auto \${1:value} = co_await \${2:values}.next()) {
    std::println("{}", *\${1:value});$0
}`,
  },
  {
    name: 'cancelled',
    title: 'a cleanup when the task is cancelled',
    scope: 'coroutine',
    body: `try {
    \${1:co_await asyncio::sleep(10);}$0
} catch (const asyncio::CancelledError&) {
    \${2:// clean up here}
    throw;
}`,
  },
];

/** The text of a template once inserted. */
export function withoutPlaces(body: string): string {
  return body.replaceAll(/\$\{\d+:([^}]*)\}/g, '$1').replaceAll(/\$\d/g, '');
}
