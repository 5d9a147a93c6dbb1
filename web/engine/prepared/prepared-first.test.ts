import { describe, expect, test } from '@jest/globals';
import type { Found } from './prepared.js';
import type { CompileResult, Compiler } from '../compiler.js';
import { PreparedFirst } from './prepared-first.js';

const byCompiler: CompileResult = {
  type: 'compiled',
  module: new Uint8Array([1]),
  diagnostics: [],
  timings: { compileMs: 1, linkMs: 1 },
};

class FakeCompiler implements Compiler {
  compiles = 0;
  cancels = 0;

  load(): Promise<void> {
    return Promise.resolve();
  }

  compile(): Promise<CompileResult> {
    this.compiles += 1;
    return Promise.resolve(byCompiler);
  }

  cancel(): void {
    this.cancels += 1;
  }
}

const options = { optimisation: '0' } as const;

describe('a program', () => {
  test('that was compiled ahead of time is not compiled, and no time was spent on it', async () => {
    const compiler = new FakeCompiler();
    const module = new Uint8Array([2]);
    const first = new PreparedFirst(compiler, () => Promise.resolve({ type: 'module', module }));
    expect(await first.compile({}, options)).toEqual({
      type: 'compiled',
      module,
      diagnostics: [],
      timings: { compileMs: 0, linkMs: 0 },
    });
    expect(compiler.compiles).toBe(0);
  });

  test('that was not is compiled', async () => {
    const first = new PreparedFirst(new FakeCompiler(), () => Promise.resolve(undefined));
    expect(await first.compile({}, options)).toBe(byCompiler);
  });

  test('that was expected there and is not is compiled, and why is told', async () => {
    const told: string[] = [];
    const find = (): Promise<Found> => Promise.resolve({ type: 'none', why: 'it is of another version' });
    const first = new PreparedFirst(new FakeCompiler(), find, (why) => told.push(why));
    expect(await first.compile({}, options)).toBe(byCompiler);
    expect(told).toEqual(['it is of another version']);
  });
});

describe('while one looks for what was compiled ahead of time', () => {
  test('a cancel gives the program up', async () => {
    const compiler = new FakeCompiler();
    const first = new PreparedFirst(compiler, () => Promise.resolve(undefined));
    const given = first.compile({}, options);
    first.cancel();
    expect(await given).toEqual({ type: 'cancelled' });
    expect(compiler).toMatchObject({ compiles: 0, cancels: 1 });
  });

  test('a newer program takes the place of the older', async () => {
    const first = new PreparedFirst(new FakeCompiler(), () => Promise.resolve(undefined));
    const [older, newer] = await Promise.all([first.compile({}, options), first.compile({}, options)]);
    expect(older).toEqual({ type: 'cancelled' });
    expect(newer).toBe(byCompiler);
  });
});
