import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { printedLines } from './program/good-end.js';
import { ProgramPage } from './program/program-page.js';

let page: ProgramPage;
let cases: string;

const open = async (isolated: boolean): Promise<void> => {
  page = await ProgramPage.open([], { isolated });
  cases = page.build('thread-cases', '1');
};
const close = (): Promise<void> => page.close();

const printed = async (name: string): Promise<string[]> => printedLines(await page.run(cases, [name]));

describe('in a page that is isolated', () => {
  beforeAll(() => open(true));
  afterAll(close);

  describe('work that asyncio gives to threads', () => {
    test('runs on another thread', async () => {
      expect(await printed('to_thread')).toEqual(['another thread']);
    });

    test('runs while the loop ticks', async () => {
      expect(await printed('beside a ticking loop')).toEqual(['42 after 20 ticks']);
    });

    test('runs at the same time as other work', async () => {
      expect(await printed('side by side')).toEqual(['1000 1000']);
    });

    test('throws to the task that awaits it', async () => {
      expect(await printed('exception crosses back')).toEqual(['caught: not in the thread']);
    });

    test('goes on when nobody waits for it any more', async () => {
      expect(await printed('cancelled wait')).toEqual(['cancelled, finished: false', 'finished: true']);
    });

    test('has a thread for each worker of an executor', async () => {
      expect(await printed('executor')).toEqual(['3 threads']);
    });

    test('that is over cannot hide a deadlock', async () => {
      const { outcome } = await page.run(cases, ['nothing can wake it']);
      expect(outcome.type === 'crash' ? outcome.message : outcome.type).toContain('DeadlockError');
    });
  });

  describe('a thread reaches the loop of another', () => {
    test('with call_soon_threadsafe, which wakes it', async () => {
      expect(await printed('call_soon_threadsafe')).toEqual(["on the loop's thread"]);
    });

    test('with run_coroutine_threadsafe, and gets the result', async () => {
      expect(await printed('run_coroutine_threadsafe')).toEqual(['42']);
    });

    test('and may have a loop of its own', async () => {
      expect(await printed('loop of a thread')).toEqual(['2 4']);
    });

    test('but no I/O on it, which it says', async () => {
      expect((await printed('HTTP in a thread')).join()).toMatch(/main thread.*run_coroutine_threadsafe/);
    });

    test('while the first thread does I/O', async () => {
      expect(await printed('HTTP beside threads')).toEqual(['200 "grüße"']);
    });
  });

  describe("C++'s own threads", () => {
    test('stop when their jthread is asked to', async () => {
      expect(await printed('jthread stops')).toEqual(['asked to stop', 'joined']);
    });

    test('lose nothing under a mutex or in an atomic', async () => {
      expect(await printed('contention')).toEqual(['160000 160000']);
    });

    test('can be fifty at a time', async () => {
      expect(await printed('fifty')).toEqual(['1275']);
    }, 240_000);

    test('wait for condition variables, with and without a limit', async () => {
      expect(await printed('condition variable')).toEqual(['5050', 'timeout']);
    });

    test('have thread-local variables of their own, made and destroyed with them', async () => {
      expect(await printed('thread locals')).toEqual(['41 1', '41 1', '41 1', '41 3 3']);
    });

    test('share functions, objects and exceptions with the thread that made them', async () => {
      expect(await printed('functions')).toEqual(['4 6 8 true', '4 7 true', 'inside']);
    });

    test('start threads while the first one waits', async () => {
      expect(await printed('a thread of a thread')).toEqual(['42', 'joined']);
    });

    test('serve std::async', async () => {
      expect(await printed('async')).toEqual(['14']);
    });

    test('wait for each other at pipes and sockets', async () => {
      expect(await printed('pipes')).toEqual(['1 x', '1 y']);
      expect(await printed('serves')).toEqual(['5 hello 0']);
    });

    test('print in the order in which things happen', async () => {
      const expected = Array.from({ length: 20 }, (_, i) => [`${i} before`, `${i} in the thread`, `${i} after`]);
      expect(await printed('output keeps its order')).toEqual(expected.flat());
    });
  });

  describe('a thread ends the whole program', () => {
    test('by what it throws', async () => {
      const { outcome, stdout } = await page.run(cases, ['uncaught']);
      expect(outcome).toEqual({
        type: 'crash',
        exitCode: 134,
        message: 'Uncaught exception std::logic_error: nobody catches it',
      });
      expect(stdout).toBe('printed before\n');
    });

    test('by not being joined, and its handlers are called', async () => {
      const { outcome, stdout } = await page.run(cases, ['forgets a thread']);
      expect({ outcome, stdout }).toMatchObject({ outcome: { type: 'crash', exitCode: 134 }, stdout: 'terminate\nSIGABRT\n' });
    });

    test('by exit()', async () => {
      const { outcome, stdout } = await page.run(cases, ['exits']);
      expect({ outcome, stdout }).toEqual({ outcome: { type: 'complete', exitCode: 7 }, stdout: 'printed before\n' });
    });

    test('by a trap', async () => {
      const { outcome } = await page.run(cases, ['traps']);
      expect(outcome).toMatchObject({ type: 'crash', exitCode: 139 });
    });
  });

  test('Stop ends threads that would never end', async () => {
    const running = await page.start(cases, ['busy for ever']);
    await running.printed('3 threads run');
    expect(await page.workers()).toBeGreaterThanOrEqual(4);
    await running.stop();
    expect((await running.finished()).outcome).toMatchObject({ type: 'stopped' });
    await expect(page.workersFallTo(1)).resolves.toBeUndefined();
  });
});

describe('in a page that is not isolated', () => {
  beforeAll(() => open(false));
  afterAll(close);

  test('std::thread says what to do instead', async () => {
    const lines = await printed('refused');
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).toMatch(/^this page has no threads.*Real threads.*asyncio::to_thread\(\)/);
  });

  test('to_thread runs all the same', async () => {
    const { stdout, outcome } = await page.run(cases, ['exception crosses back']);
    expect({ stdout, outcome }).toEqual({
      stdout: 'caught: not in the thread\n',
      outcome: { type: 'complete', exitCode: 0 },
    });
  });
});
