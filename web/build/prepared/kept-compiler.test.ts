import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CompileOutcome } from '../../compile/worker/compiler.js';
import type { CompileOptions } from '../../protocol/compile.js';
import { keptCompiler } from './kept-compiler.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const files = { 'main.cpp': 'int main() {}' };
const options = { optimisation: '0', warnings: 'all' } as CompileOptions;
const compiled = { type: 'compiled', module: Uint8Array.of(1, 2, 3), diagnostics: [] } as unknown as CompileOutcome;

interface Tried {
  compile: (given?: CompileOptions) => Promise<CompileOutcome>;
  times: () => number;
}

function compilerOf(version: string, outcome: CompileOutcome): Tried {
  const compile = jest.fn(() => outcome);
  const kept = keptCompiler(folder, version, () => Promise.resolve({ compile }));
  return { compile: (given = options) => kept.compile(files, given), times: () => compile.mock.calls.length };
}

test('what was compiled once is there the next time', async () => {
  await compilerOf('1', compiled).compile();
  const next = compilerOf('1', compiled);
  const outcome = await next.compile();
  expect(outcome.type === 'compiled' && [...outcome.module]).toEqual([1, 2, 3]);
  expect(next.times()).toBe(0);
});

test('another version or other options make another module', async () => {
  await compilerOf('1', compiled).compile();
  const newer = compilerOf('2', compiled);
  await newer.compile();
  expect(newer.times()).toBe(1);
  const same = compilerOf('1', compiled);
  await same.compile({ ...options, optimisation: '2' });
  expect(same.times()).toBe(1);
});

test('what gave a warning says it each time', async () => {
  const warned = { ...compiled, diagnostics: [{ message: 'unused' }] } as unknown as CompileOutcome;
  const compiler = compilerOf('1', warned);
  expect(await compiler.compile()).toBe(warned);
  expect(await compiler.compile()).toBe(warned);
  expect(compiler.times()).toBe(2);
});
