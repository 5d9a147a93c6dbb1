import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ProgramOptions } from '../../web/protocol/program.js';
import { ProgramPage } from './program/program-page.js';
import type { Seen } from './program/watched.js';
import { onlyInTestAll } from './sample.js';

/** The minimum fraction of the turns that a busy loop makes when it is not traced. */
const FEWEST_TURNS = 0.9;

let page: ProgramPage;
let cases: string;

beforeAll(async () => {
  page = await ProgramPage.open();
  cases = page.build('watch-cases', '1');
});

afterAll(async () => {
  await page.close();
});

const options = (name: string, more: Partial<ProgramOptions> = {}): ProgramOptions => ({ args: [name], stdin: '', ...more });

/** The records of the task with this name. */
function life({ records }: Seen, name: string): string {
  const id = records.find(({ kind, text }) => kind === 'named' && text === name)?.task;
  return records.filter(({ kind, task }) => task === id && kind !== 'named').map(({ kind }) => kind).join(' ');
}

describe('a trace', () => {
  test('has the life cycle of tasks, on the program\'s clock', async () => {
    const running = await page.startWith(cases, options('sleepers', { clock: 'fast', trace: true }));
    const { facts, outcome, stdout } = await running.finished();
    expect({ stdout, outcome }).toEqual({ stdout: 'soon\nlate\n', outcome: { type: 'complete', exitCode: 0 } });
    const seen = await running.seen();
    expect(life(seen, 'late')).toBe('made running suspended ready running done');
    const suspended = seen.records.filter(({ kind }) => kind === 'suspended');
    expect(suspended.map(({ text }) => text.replace(/:\d+$/, ''))).toContain('nap');
    const ends = seen.records.filter(({ kind }) => kind === 'done');
    expect(ends.map(({ loopTime }) => loopTime)).toEqual([5e6, 10e6, 10e6]);
    expect(facts.tasks).toBe(3);
    expect(facts.memoryBytes).toBeGreaterThan(1e6);
  });

  test('of a program that spins for ever, or traps, shows the step that did it', async () => {
    const spinning = await page.startWith(cases, options('spin in a task', { trace: true }));
    await page.page.waitForFunction(() => true);
    while (!life(await spinning.seen(), 'spinner').endsWith('running')) await new Promise((resolve) => setTimeout(resolve, 20));
    await spinning.kill();
    expect((await spinning.finished()).outcome).toEqual({ type: 'stopped', forced: true });
    const trapping = await page.startWith(cases, options('trap in a task', { trace: true }));
    expect((await trapping.finished()).outcome).toMatchObject({ type: 'crash', exitCode: 132 });
    expect(life(await trapping.seen(), 'trapper')).toBe('made running');
  });

  test('can be requested while the program runs, and ends when nobody needs it', async () => {
    const running = await page.startWith(cases, options('for ever'));
    await running.printed('waiting');
    expect((await running.seen()).records).toEqual([]);
    await running.watch({ type: 'trace', on: true });
    await running.watch({ type: 'await-graph' });
    await running.graphs(1);
    expect((await running.seen()).records.map(({ kind }) => kind)).toEqual(['begin', 'made', 'suspended']);
    await running.watch({ type: 'trace', on: false });
    await running.stop();
    await running.finished();
    expect((await running.seen()).records.at(-1)?.kind).toBe('end');
  });

  onlyInTestAll(() => {
    test('of a busy program is bounded, and costs it little', async () => {
      const turns = async (trace: boolean): Promise<{ turns: number; seen: Seen }> => {
        const running = await page.startWith(cases, options('busy', { trace }));
        return { turns: Number((await running.finished()).stdout), seen: await running.seen() };
      };
      // The best of each: other load on the machine can only take turns away, and takes more from fewer rounds.
      let best = { off: 0, on: 0 };
      for (let round = 0; round < 5 || (round < 25 && best.on < FEWEST_TURNS * best.off); round += 1) {
        const off = await turns(false);
        const on = await turns(true);
        best = { off: Math.max(best.off, off.turns), on: Math.max(best.on, on.turns) };
        expect(on.seen.records.length).toBeLessThan(40_000);
        expect(on.seen.records.reduce((sum, { kind, a }) => sum + (kind === 'ran' ? a : 0), 0)).toBeGreaterThan(on.turns / 2);
      }
      const kept = best.on / best.off;
      console.log(`a busy loop that is traced makes ${(100 * kept).toFixed(1)} % of its turns`);
      expect(kept).toBeGreaterThanOrEqual(FEWEST_TURNS);
    }, 120_000);
  });
});

describe('an await graph', () => {
  test('comes at a deadlock, with its cycle', async () => {
    const running = await page.startWith(cases, options('deadlock'));
    expect((await running.finished()).outcome).toMatchObject({ type: 'crash', exitCode: 134 });
    const [graph] = (await running.seen()).graphs;
    expect(graph?.reason).toBe('deadlock');
    const nameOf = (id: number): string | undefined => graph?.tasks.find((task) => task.id === id)?.name;
    expect(graph?.cycles.map((cycle) => cycle.map(nameOf))).toEqual([['left', 'right']]);
    expect(graph?.things.map(({ text }) => text)).toContain("a Lock held by task 'left'");
  });

  test('comes when it is asked for, and at Stop before anything is cancelled', async () => {
    const running = await page.startWith(cases, options('for ever'));
    await running.printed('waiting');
    await running.watch({ type: 'await-graph' });
    await running.graphs(1);
    await running.stop();
    expect((await running.finished()).outcome).toEqual({ type: 'stopped', forced: false });
    const { graphs } = await running.seen();
    expect(graphs.map(({ reason }) => reason)).toEqual(['asked', 'stop']);
    for (const { tasks, things } of graphs) {
      expect(tasks.map(({ state, waitsFor }) => ({ state, waitsFor }))).toEqual([{ state: 'suspended', waitsFor: 0 }]);
      expect(things).toMatchObject([{ kind: 'sleep' }]);
      expect(tasks[0]?.stack[0]?.function).toBe('for_ever');
    }
  });
});

describe('the fast clock', () => {
  test.each(['jspi', 'detached'] as const)('makes a sleep take nothing, and every clock agrees (%s)', async (blocking) => {
    const { stdout, totalMs } = await page.runWith(cases, options('clocks agree', { clock: 'fast' }), blocking);
    expect(stdout).toBe('100.000 100.000 100\n');
    expect(totalMs).toBeLessThan(5000);
  });

  test('ends a busy wait', async () => {
    expect((await page.runWith(cases, options('busy wait', { clock: 'fast' }))).stdout).toBe('over\n');
  });

  test('is shared by the page\'s own net', async () => {
    const { stdout, totalMs } = await page.runWith(cases, options('own net', { clock: 'fast' }));
    expect(stdout).toBe('slept 1.000\nanswer after 3.000\ngave up after 7.000\n');
    expect(totalMs).toBeLessThan(3000);
  });
});

describe('a program that is paused', () => {
  test.each(['jspi', 'detached'] as const)('makes one turn a step, and goes on when told (%s)', async (blocking) => {
    const running = await page.startWith(cases, options('sleepers', { clock: 'paused' }), blocking);
    await running.pauses(1);
    expect(await running.text()).toBe('');
    for (let step = 1; (await running.text()) === ''; step += 1) {
      expect(step).toBeLessThan(12);
      await running.watch({ type: 'step' });
      await running.pauses(step + 1);
    }
    expect((await running.seen()).pauses.at(-1)).toBe(5e6);
    expect(await running.text()).toBe('soon\n');
    await running.watch({ type: 'continue' });
    expect((await running.finished()).stdout).toBe('soon\nlate\n');
  });

  test('on the real clock stands still, and Stop ends it', async () => {
    const running = await page.startWith(cases, options('for ever'));
    await running.printed('waiting');
    await running.watch({ type: 'pause' });
    await running.pauses(1);
    await running.stop();
    expect((await running.finished()).outcome).toEqual({ type: 'stopped', forced: false });
  });
});

describe('an order by a seed', () => {
  test('is the same each time, and other seeds give other orders', async () => {
    const orderOf = async (seed: number | null): Promise<string> =>
      (await page.runWith(cases, options('race', { clock: 'fast', seed }))).stdout;
    expect(await orderOf(null)).toBe('abcd\n');
    const orders = [];
    for (const seed of [1, 2, 3, 4, 5, 6]) orders.push(await orderOf(seed));
    expect(new Set(orders).size).toBeGreaterThan(2);
    expect(await orderOf(3)).toBe(orders[2]);
  });
});
