import { describe, expect, test } from '@jest/globals';
import type { LoadState } from '../../panels/load-status.js';
import type { CompileResult, Compiler, LoadProgress } from '../../engine/compiler.js';
import type { ProgramHost } from '../../engine/programs.js';
import { Loading } from './loading.js';

const compiled: CompileResult = {
  type: 'compiled',
  module: new Uint8Array(),
  diagnostics: [],
  timings: { compileMs: 1, linkMs: 1 },
};

class FakeCompiler implements Compiler {
  loads: { progress: (progress: LoadProgress) => void; done: () => void; fail: (error: Error) => void }[] = [];
  compiles = 0;
  cancels = 0;

  load(progress: (progress: LoadProgress) => void): Promise<void> {
    return new Promise((done, fail) => {
      this.loads.push({ progress, done, fail });
    });
  }

  compile(): Promise<CompileResult> {
    this.compiles += 1;
    return Promise.resolve(compiled);
  }

  cancel(): void {
    this.cancels += 1;
  }
}

function hostThatWarms(warm: () => Promise<void>): ProgramHost {
  return {
    warm,
    run: () => {
      throw new Error('nothing runs in these tests');
    },
  };
}

function make(host = hostThatWarms(() => Promise.resolve())): { compiler: FakeCompiler; loading: Loading; states: LoadState[] } {
  const compiler = new FakeCompiler();
  const states: LoadState[] = [];
  return { compiler, states, loading: new Loading(compiler, host, (state) => states.push(state)) };
}

describe('loading the compiler', () => {
  test('happens once for all who wait, and shows how far it is', async () => {
    const { compiler, loading, states } = make();
    const both = Promise.all([loading.start(), loading.load()]);
    compiler.loads[0]?.progress({ phase: 'download', loadedBytes: 5, totalBytes: 10 });
    compiler.loads[0]?.done();
    await both;
    expect(compiler.loads.length).toBe(1);
    expect(states.slice(1)).toEqual([
      { type: 'loading', phase: 'download', loadedBytes: 5, totalBytes: 10 },
      { type: 'ready' },
    ]);
  });

  test('that failed says why and can be tried again', async () => {
    const { compiler, loading, states } = make();
    const first = loading.start();
    compiler.loads[0]?.fail(new Error('the server answered 503'));
    await first;
    expect(states.at(-1)).toEqual({ type: 'failed', message: 'the server answered 503' });
    const second = loading.start();
    compiler.loads[1]?.done();
    await second;
    expect(states.at(-1)).toEqual({ type: 'ready' });
  });
});

test('a runtime that cannot be started is a failure that progress of the compiler does not hide', async () => {
  const { compiler, loading, states } = make(hostThatWarms(() => Promise.reject(new Error('no runtime'))));
  await loading.start();
  compiler.loads[0]?.progress({ phase: 'download', loadedBytes: 5, totalBytes: 10 });
  expect(states.at(-1)).toEqual({ type: 'failed', message: 'no runtime' });
});

describe('a compile before the compiler is there', () => {
  test('waits for it', async () => {
    const { compiler, loading } = make();
    const result = loading.compile({}, { optimisation: '0' });
    expect(compiler.compiles).toBe(0);
    compiler.loads[0]?.done();
    expect(await result).toBe(compiled);
  });

  test('can be given up without giving up the load', async () => {
    const { compiler, loading, states } = make();
    const result = loading.compile({}, { optimisation: '0' });
    loading.cancel();
    expect(await result).toEqual({ type: 'cancelled' });
    expect(compiler.cancels).toBe(0);
    compiler.loads[0]?.done();
    await loading.load();
    expect(states.at(-1)).toEqual({ type: 'ready' });
  });

  test('fails with the reason if the load fails', async () => {
    const { compiler, loading } = make();
    const result = loading.compile({}, { optimisation: '0' });
    compiler.loads[0]?.fail(new Error('no network'));
    expect(await result).toEqual({
      type: 'failed',
      message: 'the compiler could not be loaded: no network',
    });
  });
});

test('cancelling a compile under way reaches the compiler', async () => {
  const { compiler, loading } = make();
  const result = loading.compile({}, { optimisation: '0' });
  compiler.loads[0]?.done();
  await result;
  loading.cancel();
  expect(compiler.cancels).toBe(1);
});
