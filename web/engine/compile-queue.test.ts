import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { CompileResult, Compiler } from './compiler.js';
import { CompileQueue } from './compile-queue.js';

const options = { optimisation: '0' } as const;
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

class FakeCompiler implements Compiler {
  readonly compiled: string[] = [];
  loads: (() => void)[] = [];
  fail = false;
  #end: ((result: CompileResult) => void) | undefined;

  load(): Promise<void> {
    return this.fail ? Promise.reject(new Error('no network')) : new Promise((resolve) => this.loads.push(resolve));
  }

  compile(files: Record<string, string>): Promise<CompileResult> {
    this.compiled.push(files['main.cpp'] ?? '');
    return new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  cancel(): void {
    this.end({ type: 'cancelled' });
  }

  end(result: CompileResult): void {
    this.#end?.(result);
  }

  loaded(): void {
    for (const loaded of this.loads.splice(0)) loaded();
  }
}

describe('a compiler for many', () => {
  let fake: FakeCompiler;
  let queue: CompileQueue;
  const failed: CompileResult = { type: 'failed', message: 'told' };

  beforeEach(() => {
    fake = new FakeCompiler();
    queue = new CompileQueue(() => fake);
  });

  test('compiles for one after the other, once it is loaded', async () => {
    const results = ['a', 'b'].map((text) => queue.open(jest.fn()).compile({ 'main.cpp': text }, options));
    await settled();
    expect(fake.compiled).toEqual([]);
    fake.loaded();
    await settled();
    expect(fake.compiled).toEqual(['a']);
    fake.end(failed);
    await settled();
    fake.loaded();
    await settled();
    expect(fake.compiled).toEqual(['a', 'b']);
    fake.end(failed);
    expect(await Promise.all(results)).toEqual([failed, failed]);
  });

  test('gives up what waits for its turn, for the load, or for the compiler', async () => {
    const [first, second, third] = [queue.open(jest.fn()), queue.open(jest.fn()), queue.open(jest.fn())];
    const results = [first, second, third].map((one) => one.compile({ 'main.cpp': 'text' }, options));
    await settled();
    second.cancel();
    first.cancel();
    await settled();
    fake.loaded();
    await settled();
    expect(fake.compiled).toEqual(['text']);
    third.cancel();
    expect(await Promise.all(results)).toEqual(Array(3).fill({ type: 'cancelled' }));
  });

  test('says that it could not be loaded, and tries again for the next', async () => {
    fake.fail = true;
    const one = queue.open(jest.fn());
    expect(await one.compile({}, options)).toEqual({ type: 'failed', message: 'the compiler could not be loaded: no network' });
    fake.fail = false;
    const next = one.compile({}, options);
    await settled();
    fake.loaded();
    await settled();
    fake.end(failed);
    expect(await next).toEqual(failed);
  });
});
