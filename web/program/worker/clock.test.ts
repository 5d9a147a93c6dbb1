import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { ProgramClock } from './clock.js';

const never = new AbortController().signal;
let real = 0;

beforeEach(() => {
  jest.useFakeTimers();
  real = 5000;
});

afterEach(() => {
  jest.useRealTimers();
});

function clockOf(mode: 'real' | 'fast' | 'slow' | 'paused'): ProgramClock {
  const clock = new ProgramClock(() => real);
  clock.start(mode);
  return clock;
}

async function pass(ms: number): Promise<void> {
  real += ms;
  await jest.advanceTimersByTimeAsync(ms);
}

describe('a clock', () => {
  test('that is real passes as real time does', () => {
    const clock = clockOf('real');
    expect(clock.now()).toBe(5000);
    real += 7;
    expect(clock.now()).toBe(5007);
    expect(clock.isReal).toBe(true);
  });

  test('that is slow passes at a tenth', async () => {
    const clock = clockOf('slow');
    let woken = false;
    void clock.sleep(100, never).then(() => {
      woken = true;
    });
    await pass(999);
    expect(clock.now()).toBeCloseTo(5099.9);
    expect(woken).toBe(false);
    await pass(2);
    expect(woken).toBe(true);
  });

  test.each(['fast', 'paused'] as const)('that is %s moves by leaps alone, and the same way each time', async (mode) => {
    const clock = clockOf(mode);
    await pass(1000);
    expect(clock.now()).toBe(0);
    clock.advanceTo(250);
    expect(clock.now()).toBe(250);
    clock.advanceTo(100);
    expect(clock.now()).toBe(250);
  });

  test('wakes sleepers in the order of their times', async () => {
    const clock = clockOf('fast');
    const woken: string[] = [];
    for (const [name, ms] of [['c', 30], ['a', 10], ['b', 20], ['also b', 20]] as const) {
      void clock.sleep(ms, never).then(() => woken.push(name));
    }
    expect(clock.nextSleeper).toBe(10);
    clock.advanceTo(20);
    await pass(0);
    expect(woken).toEqual(['a', 'b', 'also b']);
    expect(clock.nextSleeper).toBe(30);
  });

  test('lets a sleeper go whose signal is aborted', async () => {
    const clock = clockOf('fast');
    const controller = new AbortController();
    const slept = clock.sleep(10, controller.signal);
    controller.abort(new Error('not needed'));
    await expect(slept).rejects.toThrow('not needed');
    expect(clock.nextSleeper).toBe(Infinity);
    await expect(clock.sleep(10, controller.signal)).rejects.toThrow('not needed');
  });

  test('that stands still ends a busy wait nevertheless', () => {
    const clock = clockOf('fast');
    let looks = 0;
    for (const until = 20; clock.now() < until && looks < 10_000_000; ) looks += 1;
    expect(clock.now()).toBeGreaterThanOrEqual(20);
    expect(looks).toBeLessThan(2_000_000);
  });

  test('that is held goes on where it stood, and its sleepers with it', async () => {
    const clock = clockOf('real');
    let woken = false;
    void clock.sleep(100, never).then(() => {
      woken = true;
    });
    await pass(40);
    clock.hold();
    await pass(1000);
    expect(clock.now()).toBe(5040);
    expect(woken).toBe(false);
    clock.release();
    await pass(59);
    expect(clock.now()).toBe(5099);
    expect(woken).toBe(false);
    await pass(1);
    expect(woken).toBe(true);
  });

  test('tells a time of day that passes with it', () => {
    const clock = clockOf('fast');
    const before = clock.date();
    clock.advanceTo(86_400_000);
    expect(clock.date() - before).toBe(86_400_000);
  });
});
