import { describe as group, expect, test } from '@jest/globals';
import type { Completion, CompletionList } from '../protocol/completion.js';
import type { Declaration } from '../protocol/declaration.js';
import { declarationIn, describe, placeOf } from './documentation.js';

const declared = (name: string, signature: string, comment = `about ${signature}`): Declaration => ({
  name,
  kind: /\(/.test(signature) ? 'function' : 'class',
  signature,
  comment,
  file: 'asyncio/x.hpp',
  line: 7,
});

const headers = [
  declared('asyncio::sleep', 'detail::Sleep<void> sleep(Delay delay)'),
  declared('asyncio::sleep', 'template <class T> detail::Sleep<T> sleep(Delay delay, T result)'),
  declared('asyncio::Queue', 'template <class T> class Queue'),
  declared('asyncio::Queue::empty', 'bool empty() const noexcept'),
  declared('asyncio::http::ClientSession', 'class ClientSession'),
];

const listOf = (completions: Partial<Completion>[], owner?: string): CompletionList => ({
  completions: completions as Completion[],
  signatures: [],
  ...(owner !== undefined && { owner }),
});

const told = (line: string, name: string, list?: CompletionList) =>
  describe(placeOf(name, line), list, headers).map(({ signature, declaration }) => [signature, declaration?.comment]);

group('what a name means', () => {
  test('each overload has its own words', () => {
    const list = listOf([
      { name: 'sleep', signature: 'Sleep<void> sleep(Delay delay)', parameters: [{ text: 'Delay delay', optional: false }] },
      {
        name: 'sleep',
        signature: 'Sleep<T> sleep(Delay delay, T result)',
        parameters: [
          { text: 'Delay delay', optional: false },
          { text: 'T result', optional: false },
        ],
      },
    ]);
    expect(told('co_await asyncio::', 'sleep', list)).toEqual([
      ['Sleep<void> sleep(Delay delay)', 'about detail::Sleep<void> sleep(Delay delay)'],
      ['Sleep<T> sleep(Delay delay, T result)', 'about template <class T> detail::Sleep<T> sleep(Delay delay, T result)'],
    ]);
  });

  test('a member has the words of its class, and of no other', () => {
    const empty = { name: 'empty', signature: 'bool empty() const', parameters: [] };
    expect(told('queue.', 'empty', listOf([empty], 'Queue'))).toEqual([['bool empty() const', 'about bool empty() const noexcept']]);
    expect(told('numbers.', 'empty', listOf([empty], 'vector'))).toEqual([['bool empty() const', undefined]]);
  });

  test('a variable has its type', () => {
    expect(told('    ', 'counter', listOf([{ name: 'counter', signature: 'int counter' }]))).toEqual([['int counter', undefined]]);
  });

  test('where the compiler has no answer the headers have', () => {
    expect(told('http::', 'ClientSession')).toEqual([['class ClientSession', 'about class ClientSession']]);
    expect(told('', 'Queue')).toEqual([['template <class T> class Queue', 'about template <class T> class Queue']]);
  });

  test('a name of their own is not taken for a member', () => {
    expect(told('if (', 'empty')).toEqual([]);
  });
});

group('where the text declares a name', () => {
  const text = `struct Point { int x; };
int total(int a, int b) { return a + b; }
asyncio::Coro<> run() {
    auto sum = total(1, 2);
    for (auto& [key, value] : table) use(key);
    co_await sleep(sum);
    return sum;
}
void later(int sum) { use(sum == 1); }`;
  const lineOf = (name: string, near = text.length): number | undefined => {
    const offset = declarationIn(text, name, near);
    return offset === undefined ? undefined : text.slice(0, offset).split('\n').length;
  };

  test.each([
    ['total', 2],
    ['Point', 1],
    ['run', 3],
    ['key', 5],
    ['value', 5],
  ])('%s: line %d', (name, line) => {
    expect(lineOf(name)).toBe(line);
  });

  test('the nearest one above', () => {
    expect(lineOf('sum', text.indexOf('return sum'))).toBe(4);
    expect(lineOf('sum', text.length)).toBe(9);
  });

  test('nowhere, when it is only used', () => {
    expect(lineOf('sleep')).toBeUndefined();
    expect(lineOf('table')).toBeUndefined();
  });
});
