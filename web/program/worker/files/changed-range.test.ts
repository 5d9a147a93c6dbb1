import { describe, expect, test } from '@jest/globals';
import { ChangedRange } from './changed-range.js';

describe('what changed in a file', () => {
  test('is nothing at first', () => {
    expect(new ChangedRange().within(10)).toEqual({ from: 10, to: 10 });
  });

  test('is all between the first and the last byte written', () => {
    const range = new ChangedRange();
    range.wrote(6, 2);
    range.wrote(3, 1);
    expect(range.within(10)).toEqual({ from: 3, to: 8 });
  });

  test('is all behind a truncation, whatever came later', () => {
    const range = new ChangedRange();
    range.resized(4);
    range.wrote(8, 2);
    expect(range.within(10)).toEqual({ from: 4, to: 10 });
  });

  test('ends with the file', () => {
    const range = new ChangedRange();
    range.wrote(2, 20);
    range.resized(5);
    expect(range.within(5)).toEqual({ from: 2, to: 5 });
    expect(range.within(1)).toEqual({ from: 1, to: 1 });
  });
});
