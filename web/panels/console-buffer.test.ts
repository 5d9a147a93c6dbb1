import { describe, expect, test } from '@jest/globals';
import { ConsoleBuffer, type ConsoleLimits } from './console-buffer.js';

const small: ConsoleLimits = {
  headLines: 2,
  headChars: 1000,
  tailLines: 3,
  tailChars: 1000,
  lineChars: 10,
};

describe('the console buffer', () => {
  test('joins pieces of one line and starts a line at each newline', () => {
    const buffer = new ConsoleBuffer();
    buffer.append('stdout', 'on');
    buffer.append('stdout', 'e\ntwo\n');
    buffer.append('stdout', 'three');
    expect(buffer.text()).toBe('one\ntwo\nthree');
    expect(buffer.lineCount).toBe(3);
  });

  test('keeps empty lines', () => {
    const buffer = new ConsoleBuffer();
    buffer.append('stdout', 'a\n\n\nb\n');
    expect(buffer.text()).toBe('a\n\n\nb');
  });

  test('takes a carriage return before a newline as part of the line end', () => {
    const buffer = new ConsoleBuffer();
    buffer.append('stdout', 'a\r\nb\r\n');
    expect(buffer.text()).toBe('a\nb');
  });

  test('tells stdout from stderr inside one line', () => {
    const buffer = new ConsoleBuffer();
    buffer.append('stdout', 'out ');
    buffer.append('stderr', 'err');
    buffer.append('stderr', '!\n');
    expect(buffer.head[0]?.segments).toEqual([
      { voice: 'stdout', text: 'out ' },
      { voice: 'stderr', text: 'err!' },
    ]);
  });

  test("the page's own lines do not continue an unfinished line of the program", () => {
    const buffer = new ConsoleBuffer();
    buffer.append('stdout', 'no newline');
    buffer.appendLine('info', 'ended');
    expect(buffer.text()).toBe('no newline\nended');
  });

  test('past its limits keeps head and tail and counts the lines between', () => {
    const buffer = new ConsoleBuffer(small);
    for (let i = 0; i < 100; i += 1) buffer.append('stdout', `${i}\n`);
    expect(buffer.text()).toBe('0\n1\n[95 lines dropped]\n97\n98\n99');
    expect(buffer.droppedLines).toBe(95);
    expect(buffer.tailStart).toBe(97);
  });

  test('one append of many lines is bounded like many appends', () => {
    const buffer = new ConsoleBuffer(small);
    buffer.append('stdout', Array.from({ length: 5000 }, (_, i) => `${i}\n`).join(''));
    expect(buffer.text()).toBe('0\n1\n[4995 lines dropped]\n4997\n4998\n4999');
  });

  test('a line longer than the limit keeps its beginning and counts the rest', () => {
    const buffer = new ConsoleBuffer(small);
    buffer.append('stdout', 'x'.repeat(8));
    buffer.append('stdout', 'y'.repeat(8));
    buffer.append('stdout', 'z\nnext\n');
    expect(buffer.text()).toBe('xxxxxxxxyy[7 characters dropped]\nnext');
  });

  test('lines in the tail are dropped when they are too long together', () => {
    const buffer = new ConsoleBuffer({ ...small, tailLines: 1000, tailChars: 25 });
    for (let i = 0; i < 10; i += 1) buffer.append('stdout', `${'x'.repeat(9)}${i}\n`);
    expect(buffer.text().split('\n').slice(-2)).toEqual(['xxxxxxxxx8', 'xxxxxxxxx9']);
    expect(buffer.droppedLines).toBe(6);
  });

  test('a head that is full by characters stays closed', () => {
    const buffer = new ConsoleBuffer({ ...small, headLines: 100, headChars: 10 });
    for (let i = 0; i < 8; i += 1) buffer.append('stdout', `line ${i}\n`);
    expect(buffer.head.length).toBe(2);
    expect(buffer.tailFrom(0).map((line) => line.number)).toEqual([5, 6, 7]);
  });

  test('hands out the tail in portions from a line number', () => {
    const buffer = new ConsoleBuffer(small);
    for (let i = 0; i < 10; i += 1) buffer.append('stdout', `${i}\n`);
    expect(buffer.tailFrom(8, 1).map((line) => line.number)).toEqual([8]);
    expect(buffer.tailFrom(0, 2).map((line) => line.number)).toEqual([7, 8]);
    expect(buffer.tailFrom(10)).toEqual([]);
  });

  test('clearing starts anew', () => {
    const buffer = new ConsoleBuffer(small);
    for (let i = 0; i < 10; i += 1) buffer.append('stdout', `${i}\n`);
    buffer.clear();
    buffer.append('stdout', 'fresh\n');
    expect(buffer.text()).toBe('fresh');
    expect(buffer.droppedLines).toBe(0);
  });
});
