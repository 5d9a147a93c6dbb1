import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Announcer } from './announcer.js';
import { ConsoleBuffer } from './console-buffer.js';

let buffer: ConsoleBuffer;
let announcer: Announcer;
let said: string[];

function print(text: string): void {
  buffer.append('stdout', text);
  announcer.changed();
}

describe('output is announced', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    buffer = new ConsoleBuffer();
    said = [];
    announcer = new Announcer(buffer, (text) => said.push(text), () => Date.now());
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('in one go where a few lines come together', () => {
    print('one\n');
    print('two\n');
    expect(said).toEqual([]);
    jest.advanceTimersByTime(1_000);
    expect(said).toEqual(['one\ntwo']);
  });

  test('by its number and its last line where much comes', () => {
    for (let i = 0; i < 5_000; i += 1) print(`line ${i}\n`);
    buffer.appendLine('success', 'Finished');
    jest.advanceTimersByTime(1_000);
    expect(said).toEqual(['5,000 lines, the last: line 4999']);
  });

  test('not more often than people can listen', () => {
    for (let i = 0; i < 100; i += 1) {
      print(`tick ${i}\n`);
      jest.advanceTimersByTime(100);
    }
    expect(said.length).toBeGreaterThanOrEqual(3);
    expect(said.length).toBeLessThanOrEqual(4);
  });

  test('once: a line that only changes is not told again', () => {
    print('10%');
    jest.advanceTimersByTime(10_000);
    print('\r20%');
    jest.advanceTimersByTime(10_000);
    expect(said).toEqual(['10%']);
  });

  test('shortened where a line is long', () => {
    print(`${'x'.repeat(5_000)}\n`);
    jest.advanceTimersByTime(1_000);
    expect(said[0]?.length).toBeLessThan(250);
  });

  test('without what the page says of the run', () => {
    buffer.appendLine('success', 'Finished');
    announcer.changed();
    jest.advanceTimersByTime(1_000);
    expect(said).toEqual([]);
  });

  test('anew after the console was cleared', () => {
    print('one\n');
    buffer.clear();
    announcer.cleared();
    print('two\n');
    jest.advanceTimersByTime(10_000);
    expect(said).toEqual(['', 'two']);
  });
});
