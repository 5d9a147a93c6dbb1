import { expect, test } from '@jest/globals';
import { shorten } from './shorten.js';

test('a message of a sensible length stays as it is', () => {
  expect(shorten('no such key')).toBe('no such key');
  expect(shorten('m'.repeat(10_000))).toHaveLength(10_000);
});

test('a longer one is cut, and says how long it was', () => {
  const cut = shorten('m'.repeat(16_000_000));
  expect(cut.length).toBeLessThan(10_100);
  expect(cut).toMatch(/^m{10000} … \[16,000,000 characters in all\]$/);
});
