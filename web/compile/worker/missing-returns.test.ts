import { describe, expect, test } from '@jest/globals';
import type { Diagnostic } from '../../protocol/diagnostic.js';
import { explainMissingReturns } from './missing-returns.js';

/** What clang says at the last brace of a text. */
function said(text: string, message = 'non-void function does not return a value'): Diagnostic[] {
  const before = text.slice(0, text.lastIndexOf('}')).split('\n');
  const place = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  const range = { startLine: place.line, startColumn: place.column, endLine: place.line, endColumn: place.column + 1 };
  return [{ severity: 'error', file: 'main.cpp', range, message, code: '-Wreturn-type', notes: [], fixIts: [] }];
}

describe('a function that gives a Coro and has no co_return', () => {
  test.each(['asyncio::Coro<> f() {\n  g();\n}', 'Coro<void> f() { if (x) { g(); } }', 'auto f() -> Coro<> { g(); }'])('%s is told so, with a fix', (text) => {
    const [diagnostic] = explainMissingReturns(said(text), { 'main.cpp': text });
    expect(diagnostic?.message).toContain('is no coroutine');
    expect(diagnostic?.fixIts.map(({ replacement }) => replacement)).toEqual(['co_return; ']);
    expect(diagnostic?.fixIts[0]?.range).toMatchObject({ startLine: text.split('\n').length, startColumn: diagnostic?.range.startColumn });
  });

  test('has no fix where it must give a value', () => {
    const text = 'Coro<int> f() { g(); }';
    const [diagnostic] = explainMissingReturns(said(text), { 'main.cpp': text });
    expect(diagnostic?.message).toContain('is no coroutine');
    expect(diagnostic?.fixIts).toEqual([]);
  });
});

test.each([
  ['int f() { g(); }', undefined],
  ['Coro<> g(); int f() { h(); }', undefined],
  ['Coro<> f() { g(); }', 'another message'],
])('%s is told what clang says', (text, message) => {
  const diagnostics = said(text, message);
  expect(explainMissingReturns(diagnostics, { 'main.cpp': text })).toEqual(diagnostics);
});
