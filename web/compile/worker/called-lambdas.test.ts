import { describe, expect, test } from '@jest/globals';
import { warnOfCalledLambdas } from './called-lambdas.js';

function warnings(text: string): ReturnType<typeof warnOfCalledLambdas> {
  return warnOfCalledLambdas({ 'main.cpp': text });
}

describe('a lambda with captures, called in create_task()', () => {
  test('is warned of, where it stands', () => {
    const [warning] = warnings('int x;\nasyncio::create_task([&x]() -> asyncio::Coro<> { co_return; }());');
    expect(warning).toMatchObject({
      severity: 'warning',
      file: 'main.cpp',
      range: { startLine: 2, startColumn: 22, endLine: 2, endColumn: 64 },
    });
    expect(warning?.message).toContain('pass the lambda itself to create_task()');
  });

  test('has a fix: the lambda without its call', () => {
    const [warning] = warnings('create_task([&]() -> Coro<> { co_return; }(), "name");');
    expect(warning?.fixIts).toEqual([
      { file: 'main.cpp', range: { startLine: 1, startColumn: 43, endLine: 1, endColumn: 45 }, replacement: '' },
    ]);
  });

  test('gives its arguments to create_task() in the fix', () => {
    const [warning] = warnings('group.create_task([=](int a) mutable -> Coro<std::pair<int, int>> { co_return {}; }(1, 2));');
    expect(warning?.fixIts.map(({ replacement }) => replacement)).toEqual([', 1, 2']);
    expect(warnings('create_task([=](int) -> Coro<> { co_return; }(1), "name");')[0]?.fixIts).toEqual([]);
  });

  test('is found in the body of another', () => {
    expect(warnings('f([&](auto& g) -> Coro<> { g.create_task([&] -> Coro<> { co_return; }()); });')).toHaveLength(1);
  });
});

describe('a coroutine lambda with captures that is called where it stands', () => {
  test.each([
    ['and returned', 'Coro<> make(std::string name) { return [name]() -> Coro<> { co_return; }(); }'],
    ['and stored', 'auto later = [text = std::string("x")]() -> asyncio::Coro<> { use(text); co_return; }();'],
    ['and pushed', 'all.push_back([&] -> Coro<int> { co_return 1; }());'],
    ['and passed', 'auto both = gather(f(), [i]() -> Coro<> { co_await sleep(1); }());'],
    ['and a generator', 'auto numbers = [n]() -> AsyncGenerator<int> { co_yield n; }();'],
    ['by a reference to itself', 'auto later = [n](this auto& self) -> Coro<> { co_return; }();'],
    ['after another statement that awaits', 'co_await f(); auto later = [n]() -> Coro<> { co_return; }();'],
  ])('%s is warned of', (_, text) => {
    const [warning, ...others] = warnings(text);
    expect(warning?.message).toContain('destroyed before its coroutine starts');
    expect(others).toEqual([]);
  });

  test.each([
    ['auto c = [n]() -> Coro<> { co_return; }();', 'auto c = [n](this auto) -> Coro<> { co_return; }();'],
    ['auto c = [n](int a) -> Coro<> { co_return; }(1);', 'auto c = [n](this auto, int a) -> Coro<> { co_return; }(1);'],
    ['auto c = [n] -> Coro<> { co_return; }();', 'auto c = [n](this auto) -> Coro<> { co_return; }();'],
  ])('%s has a fix', (text, fixed) => {
    const [fix] = warnings(text)[0]?.fixIts ?? [];
    const at = (fix?.range.startColumn ?? 0) - 1;
    expect(text.slice(0, at) + (fix?.replacement ?? '') + text.slice(at)).toBe(fixed);
    expect(warnings(fixed)).toEqual([]);
  });
});

describe('no warning is given of', () => {
  test.each([
    ['a lambda that is its own parameter', 'auto c = [n](this auto) -> Coro<> { co_return; }();'],
    ['a coroutine that is awaited in the same statement', 'int x = co_await [&]() -> Coro<int> { co_return 1; }();'],
    ['one of several that are', 'co_await gather([&]() -> Coro<> { co_return; }(), f());'],
    ['a task of several that are', 'co_await gather(create_task([&]() -> Coro<> { co_return; }()), f());'],
    ['what run() runs', 'int main() { asyncio::run([&]() -> asyncio::Coro<> { co_return; }()); }'],
    ['a lambda that is no coroutine', 'const int x = [&] { return 5; }();'],
    ['one that calls a coroutine', 'auto c = [&]() -> Coro<> { return work(x); }();'],
    ['a subscript', 'handlers[index](message);'],
    ['an attribute', '[[maybe_unused]] int x = f();'],
    ['a lambda that is handed over', 'create_task([&]() -> Coro<> { co_return; });'],
    ['a lambda that is handed over with arguments', 'create_task([&](int) -> Coro<> { co_return; }, 1);'],
    ['a lambda without captures', 'create_task([]() -> Coro<> { co_return; }());'],
    ['a lambda that has a name', 'auto work = [&]() -> Coro<> { co_return; }; create_task(work());'],
    ['a task that is awaited in the same statement', 'co_await asyncio::create_task([&]() -> Coro<> { co_return; }());'],
    ['a call inside the lambda', 'create_task([&]() -> Coro<> { co_await [&] -> Coro<> { co_return; }(); });'],
    ['a comment', '// create_task([&]() -> Coro<> { co_return; }());'],
    ['a text that breaks off', 'create_task([&]() -> Coro<> { '],
  ])('%s', (_, text) => {
    expect(warnings(text)).toEqual([]);
  });
});
