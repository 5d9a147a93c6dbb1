import { expect, test } from '@jest/globals';
import type { Declaration } from '../../protocol/declaration.js';
import { entriesOf } from './entries.mjs';

function declared(name: string, others: Partial<Declaration> = {}): Declaration {
  return { name, kind: 'function', signature: `void ${name}()`, comment: '', file: 'asyncio/queue.hpp', line: 1, ...others };
}

test('overloads are one entry, with the comments of all of them', () => {
  const entries = entriesOf([
    declared('asyncio::run', { signature: 'T run(Coro<T> main)', comment: 'Runs it.' }),
    declared('asyncio::run', { signature: 'auto run(A awaitable)', comment: 'The same for others.' }),
  ]);
  expect(entries).toEqual([
    {
      name: 'asyncio::run',
      signatures: ['T run(Coro<T> main)', 'auto run(A awaitable)'],
      comment: 'Runs it.\n\nThe same for others.',
      file: 'asyncio/queue.hpp',
      members: [],
    },
  ]);
});

test('members stand under their class, those of a class inside it as well', () => {
  const [entry] = entriesOf([
    declared('asyncio::ContextVar', { kind: 'class' }),
    declared('asyncio::ContextVar::Token', { kind: 'class' }),
    declared('asyncio::ContextVar::Token::var'),
    declared('asyncio::ContextVar::get'),
  ]);
  expect(entry?.members.map(({ name }) => name)).toEqual([
    'asyncio::ContextVar::Token', 'asyncio::ContextVar::Token::var', 'asyncio::ContextVar::get',
  ]);
});

test('a name in a namespace is an entry of its own', () => {
  expect(entriesOf([declared('asyncio::http::retry')]).map(({ name }) => name)).toEqual(['asyncio::http::retry']);
});

test('a constructor of a template has the name of its class', () => {
  const [entry] = entriesOf([declared('asyncio::Scoped', { kind: 'class' }), declared('asyncio::Scoped::Scoped<P>')]);
  expect(entry?.members.map(({ name }) => name)).toEqual(['asyncio::Scoped::Scoped']);
});

test('members that only the compiler uses are left out', () => {
  const entries = entriesOf([
    declared('asyncio::Coro', { kind: 'class' }),
    declared('asyncio::Coro::promise_type', { kind: 'class' }),
    declared('asyncio::Coro::promise_type::initial_suspend'),
    declared('asyncio::Coro::operator='),
    declared('asyncio::Coro::Coro', { signature: 'Coro(const Coro&) = delete' }),
    declared('asyncio::Coro::await_ready'),
    declared('asyncio::Coro::swap'),
  ]);
  expect(entries.flatMap(({ members }) => members.map(({ name }) => name))).toEqual(['asyncio::Coro::swap']);
});

test('a declaration in detail/ belongs to the header that a program includes', () => {
  expect(entriesOf([declared('asyncio::FutureState', { file: 'asyncio/detail/future_base.hpp' })])[0]?.file).toBe('asyncio/future.hpp');
});
