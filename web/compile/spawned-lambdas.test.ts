import { describe, expect, test } from '@jest/globals';
import { warnOfSpawnedLambdas } from './spawned-lambdas.js';

function warnings(text: string): ReturnType<typeof warnOfSpawnedLambdas> {
  return warnOfSpawnedLambdas({ 'main.cpp': text });
}

describe('a lambda with captures, called in create_task()', () => {
  test('is warned of, where it stands', () => {
    const [warning] = warnings('int x;\nasyncio::create_task([&x]() -> asyncio::Coro<> { co_return; }());');
    expect(warning).toMatchObject({
      severity: 'warning',
      file: 'main.cpp',
      range: { startLine: 2, startColumn: 22, endLine: 2, endColumn: 64 },
    });
    expect(warning?.message).toContain('give create_task() the lambda itself');
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

describe('no warning is given of', () => {
  test.each([
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
