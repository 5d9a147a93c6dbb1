import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { ConsoleQueue, type Entry } from './console-queue.js';

let now: number;
let taken: Entry[];
/** Milliseconds that each piece takes. */
let cost: number;
let queue: ConsoleQueue;

const stdout = (text: string): Entry => ({ voice: 'stdout', text, at: 1, task: 'Task-1', isLine: false });
const line = (text: string): Entry => ({ voice: 'info', text, at: 2, task: undefined, isLine: true });
const text = (): string => taken.map((entry) => entry.text).join('');

beforeEach(() => {
  jest.useFakeTimers();
  now = 0;
  cost = 0;
  taken = [];
  queue = new ConsoleQueue(
    (entry) => {
      taken.push(entry);
      now += cost;
    },
    () => now,
  );
});
afterEach(() => {
  jest.useRealTimers();
});

describe('output on its way into the console', () => {
  test('is there at once where it is little', () => {
    queue.add(stdout('one'));
    queue.add(line('two'));
    expect(taken).toEqual([stdout('one'), line('two')]);
  });

  test('comes a little at a time where it is much, and in order', () => {
    cost = 5;
    const much = Array.from({ length: 20_000 }, (_, i) => String(i)).join();
    queue.add(stdout(much));
    queue.add(stdout('after'));
    queue.add(line('end'));
    expect(taken.length).toBe(2);
    jest.advanceTimersToNextTimer();
    expect(taken.length).toBe(4);
    jest.runAllTimers();
    expect(text()).toBe(`${much}afterend`);
    expect(taken.at(-1)).toEqual(line('end'));
  });

  test('is not cut between the halves of a character', () => {
    queue.add(stdout(`x${'😀'.repeat(5_000)}`));
    expect(taken.length).toBeGreaterThan(1);
    for (const entry of taken) expect(entry.text).not.toMatch(/\p{Surrogate}/u);
    expect(text()).toBe(`x${'😀'.repeat(5_000)}`);
  });

  test('is all there when someone asks for it', () => {
    cost = 5;
    queue.add(stdout('x'.repeat(100_000)));
    queue.add(line('end'));
    queue.drain();
    expect(text()).toBe(`${'x'.repeat(100_000)}end`);
    jest.runAllTimers();
    expect(text().length).toBe(100_003);
  });

  test('is forgotten when the console is cleared', () => {
    cost = 5;
    queue.add(stdout('x'.repeat(100_000)));
    const before = taken.length;
    queue.clear();
    jest.runAllTimers();
    expect(taken.length).toBe(before);
    queue.add(stdout('next'));
    expect(taken.at(-1)).toEqual(stdout('next'));
  });
});
