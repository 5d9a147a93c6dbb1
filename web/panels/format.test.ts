import { expect, test } from '@jest/globals';
import { formatBytes, formatCount, formatMs } from './format.js';

test.each([
  [0, '0 ms'],
  [0.24, '0.2 ms'],
  [9.96, '10 ms'],
  [100, '100 ms'],
  [437.6, '438 ms'],
  [999.6, '1 s'],
  [1234, '1.23 s'],
  [10_000, '10 s'],
  [59_960, '1 min 0 s'],
  [125_000, '2 min 5 s'],
])('%d milliseconds read as %s', (ms, text) => {
  expect(formatMs(ms)).toBe(text);
});

test.each([
  [12, '12 B'],
  [1500, '2 kB'],
  [999_999, '1.0 MB'],
  [18_234_567, '18.2 MB'],
])('%d bytes read as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test('counts are grouped by thousands', () => {
  expect(formatCount(1234567)).toBe('1,234,567');
});
