import { expect, test } from '@jest/globals';
import { endingMessage } from './ending-message.js';

test('a message of a sensible length stays as it is', () => {
  expect(endingMessage('no such key')).toBe('no such key');
  expect(endingMessage('m'.repeat(10_000))).toHaveLength(10_000);
});

test('a longer one is cut, and says how long it was', () => {
  const cut = endingMessage('m'.repeat(16_000_000));
  expect(cut.length).toBeLessThan(10_100);
  expect(cut).toMatch(/^m{10000} … \[16,000,000 characters in all\]$/);
});
