import { describe, expect, test } from '@jest/globals';
import { plain } from './ansi-style.js';
import { Line } from './console-line.js';

const line = (maxChars = 100): Line => new Line(0, undefined, undefined, maxChars);
const write = (to: Line, text: string): void => to.write({ voice: 'stdout', style: plain, text });

describe('a line with a cursor', () => {
  test('is overwritten from its beginning after a carriage return', () => {
    const one = line();
    write(one, 'progress 50%');
    one.carriageReturn();
    write(one, 'PRO');
    expect(one.text()).toBe('PROgress 50%');
    write(one, 'GRESS 100% done');
    expect(one.text()).toBe('PROGRESS 100% done');
  });

  test('keeps looks and voices of what is not overwritten', () => {
    const one = line();
    one.write({ voice: 'stdout', style: { bold: true }, text: 'abc' });
    one.write({ voice: 'stderr', style: plain, text: 'def' });
    one.carriageReturn();
    one.write({ voice: 'stdout', style: plain, text: 'XY' });
    expect(one.parts[0]).toEqual([
      { voice: 'stdout', style: {}, text: 'XY' },
      { voice: 'stdout', style: { bold: true }, text: 'c' },
      { voice: 'stderr', style: {}, text: 'def' },
    ]);
  });

  test('loses its end, its beginning or all', () => {
    const one = line();
    write(one, 'abcdef');
    one.carriageReturn();
    write(one, 'xy');
    one.erase('end', 'stdout');
    expect(one.text()).toBe('xy');
    write(one, 'cd');
    one.backspace();
    one.erase('start', 'stdout');
    expect(one.text()).toBe('   d');
    one.erase('all', 'stdout');
    expect(one.text()).toBe('');
    write(one, '|');
    expect(one.text()).toBe('   |');
  });

  test('goes back by backspace, not beyond its beginning and not into half a character', () => {
    const one = line();
    one.backspace();
    write(one, 'a😀');
    one.backspace();
    write(one, 'b');
    expect(one.text()).toBe('ab');
  });

  test('has no half of a character left where one was overwritten', () => {
    const one = line();
    write(one, '😀😀');
    one.carriageReturn();
    write(one, 'x');
    expect(one.text()).toBe('x😀');
  });
});

describe('a line that is too long', () => {
  test('keeps its beginning and its end, and counts what it drops', () => {
    const one = line(10);
    for (let i = 0; i < 100; i += 1) write(one, String(i % 10));
    const { droppedChars } = one;
    expect(droppedChars).toBeGreaterThanOrEqual(85);
    expect(one.droppedBytes).toBe(droppedChars);
    expect(one.text()).toMatch(new RegExp(`^01234\\[${droppedChars} characters dropped\\]\\d*56789$`));
    expect(one.text().replace(/\[.*\]/, '').length).toBe(100 - droppedChars);
    expect(one.bytes()).toBe(101);
  });

  test('of one piece is cut as well', () => {
    const one = line(10);
    write(one, `${'a'.repeat(50)}${'z'.repeat(50)}`);
    expect(one.text()).toBe('aaaaa[90 characters dropped]zzzzz');
  });

  test('that is only a little too long is kept whole until it grows', () => {
    const one = line(10);
    write(one, 'abcdefghijkl');
    expect(one.text()).toBe('abcdefghijkl');
    expect(one.droppedChars).toBe(0);
  });

  test('is not cut inside a character, and its bytes are counted as UTF-8', () => {
    const one = line(10);
    write(one, `abcd${'😀'.repeat(20)}`);
    expect(one.text()).not.toMatch(/\p{Surrogate}/u);
    expect(one.bytes()).toBe(4 + 20 * 4 + 1);
  });

  test('has its end overwritten after a carriage return, as a terminal does with the last of many rows', () => {
    const one = line(10);
    write(one, 'a'.repeat(50));
    one.carriageReturn();
    write(one, 'b');
    expect(one.text()).toBe('aaaaa[40 characters dropped]baaaa');
  });

  test('of ever other looks has a bounded number of them', () => {
    const one = line(100_000);
    for (let i = 0; i < 5_000; i += 1) one.write({ voice: 'stdout', style: { bold: true }, text: 'x' });
    expect(one.parts[0].length).toBeLessThanOrEqual(160);
    expect(one.text().length).toBe(5_000);
  });
});
