import { expect, test } from '@jest/globals';
import { ticks } from './ticks.js';

test('ticks are round, in sight, and not too close', () => {
  expect(ticks(0, 1000, 180)).toEqual({ positions: [0, 200, 400, 600, 800, 1000], step: 200 });
  expect(ticks(13, 14, 0.3).step).toBe(0.5);
  expect(ticks(1e9, 1e9 + 100, 30).positions).toEqual([1e9, 1e9 + 50, 1e9 + 100]);
});
