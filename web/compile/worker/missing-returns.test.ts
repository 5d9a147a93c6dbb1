import { describe, expect, test } from '@jest/globals';
import type { Diagnostic } from '../../protocol/diagnostic.js';
import { type CompilerReport, reportOf } from './diagnostics.js';
import { refuseMissingReturns } from './missing-returns.js';

/** What clang says at the last brace of a text. */
function said(text: string, message = 'non-void function does not return a value'): Diagnostic[] {
  const before = text.slice(0, text.lastIndexOf('}')).split('\n');
  const place = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  const range = { startLine: place.line, startColumn: place.column, endLine: place.line, endColumn: place.column + 1 };
  return [{ severity: 'error', file: 'main.cpp', range, message, code: '-Wreturn-type', notes: [], fixIts: [] }];
}

/** What is made of it. */
function refused(text: string, message?: string): CompilerReport {
  const [diagnostic] = said(text, message);
  if (diagnostic === undefined) throw new Error('nothing said');
  const { startLine, startColumn } = diagnostic.range;
  const lines = [`main.cpp:${startLine}:${startColumn}: warning: ${diagnostic.message} [-Wreturn-type]`, ' }', ' ^'];
  return reportOf({ head: [], printed: refuseMissingReturns([{ diagnostic, lines }], { 'main.cpp': text }) });
}

describe('a function that returns a Coro and is no coroutine', () => {
  test.each([
    ['asyncio::Coro<> f() {\n  g();\n}', 'f returns Coro<> but'],
    ['Coro<void> f() { if (x) { g(); } }', 'f returns Coro<void> but'],
    ['auto f() -> Coro<> { g(); }', 'f returns Coro<> but'],
    ['struct S { Coro<> run(int n) const { g(); }', 'run returns Coro<> but'],
    ['auto f = [](int n) -> Coro<> { g(); }', 'this function returns Coro<> but'],
  ])('%s is an error, with a fix', (text, message) => {
    const { diagnostics: [diagnostic], text: printed } = refused(text);
    expect(diagnostic?.severity).toBe('error');
    expect(diagnostic?.message).toBe(`${message} has no co_await, co_return or co_yield, so it is not a coroutine: add co_return;`);
    expect(printed.split('\n')[0]).toBe(`main.cpp:${diagnostic?.range.startLine}:${diagnostic?.range.startColumn}: error: ${diagnostic?.message}`);
    expect(diagnostic?.fixIts.map(({ replacement }) => replacement)).toEqual(['co_return; ']);
    expect(diagnostic?.fixIts[0]?.range).toMatchObject({ startLine: text.split('\n').length, startColumn: diagnostic?.range.startColumn });
  });

  test.each([
    ['Coro<int> f() { g(); }', 'Coro<int>'],
    ['asyncio::Coro<std::vector<int>> f() { g(); }', 'Coro<std::vector<int>>'],
  ])('%s has no fix, since it must return a value', (text, type) => {
    const [diagnostic] = refused(text).diagnostics;
    expect(diagnostic?.message).toContain(`f returns ${type} but has no co_await`);
    expect(diagnostic?.message).toContain('add co_return with its value');
    expect(diagnostic?.fixIts).toEqual([]);
  });
});

test.each([
  ['int f() { g(); }', undefined],
  ['Coro<> g(); int f() { h(); }', undefined],
  ['Coro<> f() { g(); }', 'another message'],
])('%s is told what clang says', (text, message) => {
  expect(refused(text, message).diagnostics).toEqual(said(text, message));
});
