import { describe, expect, test } from '@jest/globals';
import { ProgramClock } from './clock.js';
import { InFlight } from './in-flight.js';
import { Pace, type Turns } from './pace.js';

const never = new AbortController().signal;

/** Turns of Node's event loop. */
class NodeTurns implements Turns {
  awake = false;
  sinceLastTurn = 0;
  readonly waits: number[] = [];
  #wake: (() => void) | undefined;

  listen(): void {
    this.awake = false;
  }

  endListening(): void {
    this.#wake = undefined;
  }

  wake(): void {
    this.awake = true;
    this.#wake?.();
  }

  turn(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  wait(seconds: number): Promise<void> {
    return this.pass(seconds);
  }

  sleep(seconds: number): Promise<void> {
    return this.pass(seconds);
  }

  /** Ends by wake() alone. */
  pass(seconds: number): Promise<void> {
    this.waits.push(seconds);
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

function setting(mode: 'fast' | 'real' | 'slow'): { turns: NodeTurns; clock: ProgramClock; inFlight: InFlight; pace: Pace } {
  const turns = new NodeTurns();
  const clock = new ProgramClock();
  clock.start(mode);
  const inFlight = new InFlight();
  return { turns, clock, inFlight, pace: new Pace(turns, clock, inFlight) };
}

describe('a wait', () => {
  test('on a real clock takes its time, on a slow one ten times as long', () => {
    for (const [mode, factor] of [['real', 1], ['slow', 10]] as const) {
      const { pace, turns } = setting(mode);
      void pace.wait(3);
      expect(turns.waits).toEqual([3 * factor]);
    }
  });

  test('on a fast clock has passed already when nothing else is under way', () => {
    const { pace, clock } = setting('fast');
    expect(pace.wait(3600)).toBeUndefined();
    expect(clock.peek()).toBe(3_600_000);
  });

  test('on a fast clock lets messages in when the last turn was long ago', async () => {
    const { pace, clock, turns } = setting('fast');
    turns.sinceLastTurn = 10;
    const waited = pace.wait(3600);
    expect(waited).toBeDefined();
    await waited;
    expect(clock.peek()).toBe(3_600_000);
  });

  test('on a fast clock ends when somebody who sleeps on it wakes the program', async () => {
    const { pace, clock, inFlight } = setting('fast');
    inFlight.watched = 1;
    void clock.sleep(20, never).then(() => {
      pace.wake();
    });
    await pace.wait(10);
    expect(clock.peek()).toBe(20);
  });

  test('on a fast clock does not leap over what takes real time', async () => {
    const { pace, clock, inFlight, turns } = setting('fast');
    let answer: () => void = () => undefined;
    void inFlight.during(new Promise<void>((resolve) => { answer = resolve; })).then(() => {
      pace.wake();
    });
    const waited = pace.wait(3600);
    while (turns.waits.length === 0) await turns.turn();
    expect(turns.waits).toEqual([3600]);
    answer();
    await waited;
    expect(clock.peek()).toBeLessThan(60_000);
  });

  test('for input and output alone ends when it comes, however fast the clock', async () => {
    const { pace, turns, inFlight } = setting('fast');
    inFlight.watched = 1;
    const waited = pace.wait(Infinity);
    while (turns.waits.length === 0) await turns.turn();
    pace.wake();
    await waited;
    expect(turns.waits).toEqual([Infinity]);
  });

  test('of the whole program, as in sleep_for, leaps too', async () => {
    const { pace, clock } = setting('fast');
    await pace.sleep(2);
    expect(clock.peek()).toBe(2000);
  });
});
