import { beforeEach, describe, expect, test } from '@jest/globals';
import { CompiledAhead } from './compiled-ahead.js';
import type { CompileResult, Compiler } from './compiler.js';

const options = { optimisation: '0' } as const;
const files = (text: string): Record<string, string> => ({ 'main.cpp': text });
const compiled = (text: string): CompileResult => ({ type: 'compiled', module: new TextEncoder().encode(text), diagnostics: [], timings: { compileMs: 500, linkMs: 20 } });

let asked: string[];
let ends: ((result: CompileResult) => void)[];
let cancelled: number;
let now: number;
let ahead: CompiledAhead;

beforeEach(() => {
  asked = [];
  ends = [];
  cancelled = 0;
  now = 0;
  const inner: Compiler = {
    load: () => Promise.resolve(),
    compile: (given) => {
      asked.push(given['main.cpp'] ?? '');
      return new Promise((resolve) => ends.push(resolve));
    },
    cancel: () => {
      cancelled += 1;
      for (const end of ends) end({ type: 'cancelled' });
    },
  };
  ahead = new CompiledAhead(inner, () => now);
});

describe('a program that is compiled ahead', () => {
  test('is not compiled again, however often it is run', async () => {
    ahead.prepare(files('a'), options);
    ahead.prepare(files('a'), options);
    ends[0]?.(compiled('a'));
    const [first, second] = [await ahead.compile(files('a'), options), await ahead.compile(files('a'), options)];
    expect(asked).toEqual(['a']);
    expect(second).toEqual(first);
    expect(first).toMatchObject({ type: 'compiled', timings: { compileMs: 0, linkMs: 0 } });
    if (first.type === 'compiled' && second.type === 'compiled') expect(first.module).not.toBe(second.module);
  });

  test('is waited for when its Run comes first', async () => {
    ahead.prepare(files('a'), options);
    const result = ahead.compile(files('a'), options);
    now = 80;
    ends[0]?.(compiled('a'));
    expect(await result).toMatchObject({ type: 'compiled', timings: { compileMs: 80, linkMs: 0 } });
  });

  test.each([
    ['another text', files('b'), options],
    ['another option', files('a'), { optimisation: '2' }],
  ] as const)('is not taken for %s', async (_, other, otherOptions) => {
    ahead.prepare(files('a'), options);
    const result = ahead.compile(other, otherOptions);
    expect(asked).toHaveLength(2);
    ends[1]?.(compiled('other'));
    expect(await result).toMatchObject({ timings: { compileMs: 500 } });
  });

  test('is compiled again when that failed, so that the Run tells why', async () => {
    ahead.prepare(files('a'), options);
    ends[0]?.({ type: 'failed', message: 'no memory' });
    const result = ahead.compile(files('a'), options);
    await Promise.resolve();
    await Promise.resolve();
    ends[1]?.(compiled('a'));
    expect(await result).toMatchObject({ type: 'compiled' });
  });

  test('is cancelled with the Run that waits for it', async () => {
    ahead.prepare(files('a'), options);
    const result = ahead.compile(files('a'), options);
    ahead.cancel();
    expect(await result).toEqual({ type: 'cancelled' });
    expect(cancelled).toBe(1);
  });

  test('does not disturb a Run that is being compiled', () => {
    void ahead.compile(files('a'), options);
    ahead.prepare(files('b'), options);
    expect(asked).toEqual(['a']);
  });
});
