import { expect, test } from '@jest/globals';
import { parseSeed } from './project-options.js';

test('an empty seed keeps the order', () => {
  expect(parseSeed(' ')).toBeNull();
});

test.each([
  ['0', 0],
  [' 17 ', 17],
  ['4294967295', 4_294_967_295],
])('%j is a seed', (text, seed) => {
  expect(parseSeed(text)).toBe(seed);
});

test.each(['-1', '1.5', '1e3', '4294967296', 'x', '0x1'])('%j is none', (text) => {
  expect(parseSeed(text)).toBeUndefined();
});
