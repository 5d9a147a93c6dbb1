import { describe, expect, test } from '@jest/globals';
import type { Outcome, ProgramOptions, Stream } from '../../protocol/program.js';
import type { ProgramHost, RunningProgram } from '../../engine/programs.js';
import { Orders } from './orders.js';

const complete = (exitCode = 0): Outcome => ({ type: 'complete', exitCode });
const program = { args: [], stdin: null };

/** A program that does what `behave` says for each seed. */
class FakeHost implements ProgramHost {
  readonly options: ProgramOptions[] = [];
  readonly terminated: (number | null | undefined)[] = [];
  atOnce = 0;
  most = 0;

  constructor(readonly behave: (seed: number | null) => { stdout: string; outcome: Outcome } | 'never') {}

  warm(): Promise<void> {
    return Promise.resolve();
  }

  run(_module: Uint8Array, options: ProgramOptions, onOutput: (stream: Stream, text: string) => void): RunningProgram {
    this.options.push(options);
    this.atOnce += 1;
    this.most = Math.max(this.most, this.atOnce);
    let end: (outcome: Outcome) => void = () => undefined;
    const outcome = new Promise<Outcome>((resolve) => {
      end = resolve;
    }).finally(() => {
      this.atOnce -= 1;
    });
    const behaviour = this.behave(options.seed ?? null);
    if (behaviour !== 'never') {
      onOutput('stdout', behaviour.stdout);
      setImmediate(() => {
        end(behaviour.outcome);
      });
    }
    return {
      outcome,
      facts: {},
      input: () => undefined,
      endInput: () => undefined,
      watch: () => undefined,
      stop: () => undefined,
      terminate: () => {
        this.terminated.push(options.seed);
        end({ type: 'stopped', forced: true });
      },
    };
  }
}

describe('many orders', () => {
  test('of a program that does the same in each are the same', async () => {
    const host = new FakeHost(() => ({ stdout: 'ok\n', outcome: complete() }));
    const tried: number[] = [];
    const result = await new Orders(host).try(new Uint8Array(), { program, onProgress: (count) => tried.push(count) });
    expect(result).toMatchObject({ type: 'same', tried: 200, plain: { seed: null, stdout: 'ok\n' } });
    expect(tried).toHaveLength(200);
    expect(host.most).toBe(2);
    expect(host.options.slice(1).map(({ seed }) => seed)).toEqual(Array.from({ length: 200 }, (_, at) => at + 1));
    expect(host.options.every(({ clock, stdin, keepFiles }) => clock === 'fast' && stdin === '' && keepFiles === false)).toBe(true);
  });

  test('find the first that prints something else', async () => {
    const host = new FakeHost((seed) => ({ stdout: Number(seed) >= 17 ? 'b\n' : 'a\n', outcome: complete() }));
    const result = await new Orders(host).try(new Uint8Array(), { program });
    expect(result).toMatchObject({ type: 'found', why: 'differs', run: { seed: 17, stdout: 'b\n' }, plain: { stdout: 'a\n' } });
    expect(host.options.length).toBeLessThan(22);
  });

  test('find the first that fails', async () => {
    const crash: Outcome = { type: 'crash', exitCode: 134, message: 'DeadlockError' };
    const host = new FakeHost((seed) => ({ stdout: 'a\n', outcome: seed === 5 ? crash : complete() }));
    const result = await new Orders(host).try(new Uint8Array(), { program });
    expect(result).toMatchObject({ type: 'found', why: 'fails', run: { seed: 5, outcome: crash } });
  });

  test('of a program that always fails in the same way find nothing', async () => {
    const host = new FakeHost(() => ({ stdout: '', outcome: complete(3) }));
    expect(await new Orders(host).try(new Uint8Array(), { program, orders: 10 })).toMatchObject({ type: 'same', tried: 10 });
  });

  test('end a run that takes too long, and count it as one that fails', async () => {
    const host = new FakeHost((seed) => (seed === 2 ? 'never' : { stdout: '', outcome: complete() }));
    const result = await new Orders(host).try(new Uint8Array(), { program, orders: 3, limitMs: 20 });
    expect(result).toMatchObject({ type: 'found', why: 'fails', run: { seed: 2, outcome: { type: 'timeout' } } });
    expect(host.terminated).toEqual([2]);
  });

  test('can be stopped', async () => {
    const host = new FakeHost((seed) => (Number(seed) >= 3 ? 'never' : { stdout: '', outcome: complete() }));
    const orders = new Orders(host);
    const result = orders.try(new Uint8Array(), { program, onProgress: (tried) => tried === 2 && orders.stop() });
    expect(await result).toEqual({ type: 'stopped', tried: 2 });
    expect(host.atOnce).toBe(0);
  });
});
