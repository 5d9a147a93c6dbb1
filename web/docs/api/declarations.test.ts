import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from '@jest/globals';
import type { Declaration } from '../../protocol/declaration.js';

let declarations: Declaration[];

beforeAll(() => {
  execFileSync(process.execPath, ['web/docs/api/make.mjs']);
  declarations = JSON.parse(readFileSync('build/api/api.json', 'utf8')) as Declaration[];
}, 120_000);

const named = (name: string): Declaration | undefined => declarations.find((declaration) => declaration.name === name);

test.each(['asyncio::Barrier', 'asyncio::EventLoop', 'asyncio::Future', 'asyncio::Task'])(
  '%s is found although other headers declare it before its own does',
  (name) => {
    expect(named(name)).toMatchObject({ kind: 'class', comment: expect.stringMatching(/\w/) });
  },
);

test('the members of such a class are found with it', () => {
  expect(named('asyncio::EventLoop::call_soon')?.file).toBe('asyncio/event_loop.hpp');
  expect(named('asyncio::Barrier::wait')?.comment).toMatch(/^Suspends until/);
});

test('a name declared inside a class is not a name of the library', () => {
  expect(named('asyncio::Wait')).toBeUndefined();
});

test('declarations of the implementation are left out', () => {
  expect(declarations.filter(({ name }) => name.includes('::detail::'))).toEqual([]);
});

test('each declaration occurs once', () => {
  const keys = declarations.map(({ name, file, line, signature }) => `${name} ${file}:${line} ${signature}`);
  expect(new Set(keys).size).toBe(keys.length);
});

test('a signature is whole, also behind a letter that is not ASCII', () => {
  const cut = declarations.filter(({ signature }) => /^mplate|defaul$|delet$|[{;]$/.test(signature));
  expect(cut.map(({ name, signature }) => `${name}: ${signature}`)).toEqual([]);
});

test('a class that takes the constructors of a hidden base has them under its own name', () => {
  const constructors = declarations.filter(({ name }) => name === 'asyncio::Queue::Queue');
  expect(constructors.map(({ signature }) => signature)).toContain('explicit Queue(std::ptrdiff_t maxsize = 0)');
});

test('bases of the implementation are not shown', () => {
  expect(declarations.filter(({ kind, signature }) => kind === 'class' && / : .*detail::/.test(signature)).map(({ name, signature }) => `${name}: ${signature}`)).toEqual([]);
  expect(named('asyncio::Task')?.signature).toBe('template <class T = void> class Task : public Future<T>');
});
