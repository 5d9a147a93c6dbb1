import { describe, expect, test } from '@jest/globals';
import { offsetAt, offsetsOf, withFixIts } from './text-range.js';

const text = 'one\ntwo\n\nfour';

describe('the offset of a line and column', () => {
  test.each([
    [1, 1, 0],
    [2, 1, 4],
    [2, 3, 6],
    [3, 1, 8],
    [4, 5, 13],
  ])('line %d, column %d is %d', (line, column, offset) => {
    expect(offsetAt(text, line, column)).toBe(offset);
  });

  test('stays in the line when the column is behind its end', () => {
    expect(offsetAt(text, 1, 99)).toBe(3);
  });

  test('stays in the text when the line is behind its end', () => {
    expect(offsetAt(text, 99, 1)).toBe(text.length);
  });
});

test('a range that ends before it starts is empty', () => {
  expect(offsetsOf(text, { startLine: 2, startColumn: 2, endLine: 0, endColumn: 0 })).toEqual([5, 5]);
});

test('several fix-its apply to the places they were made for', () => {
  const at = (line: number, from: number, to: number, replacement: string) => ({
    file: 'main.cpp',
    range: { startLine: line, startColumn: from, endLine: line, endColumn: to },
    replacement,
  });
  expect(withFixIts(text, [at(1, 1, 4, 'first'), at(4, 5, 5, '!'), at(2, 1, 2, '')])).toBe('first\nwo\n\nfour!');
});
