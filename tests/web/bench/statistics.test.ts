import { expect, test } from '@jest/globals';
import { median, summarise } from '../../bench/statistics.mjs';

test('the median of an odd number is the one in the middle, whatever their order', () => {
  expect(median([30, 1, 20])).toBe(20);
});

test('the median of an even number lies between the two in the middle', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

test('an empty list has no median', () => {
  expect(() => median([])).toThrow('no median');
});

test('samples of unlike length are compared by operation', () => {
  const samples = [
    { count: 1000, seconds: 1e-6 },
    { count: 1, seconds: 3e-9 },
    { count: 10, seconds: 20e-9 },
  ];
  const summary = summarise(samples);
  expect(summary.nanoseconds).toBeCloseTo(2);
  expect(summary.least).toBeCloseTo(1);
  expect(summary.most).toBeCloseTo(3);
  expect(summary).not.toHaveProperty('bytes');
});

test('bytes come from the samples that have them', () => {
  expect(summarise([{ count: 1, seconds: 1, bytes: 200 }, { count: 1, seconds: 1 }]).bytes).toBe(200);
});
