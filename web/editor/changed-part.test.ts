import { expect, test } from '@jest/globals';
import { changedPart } from './changed-part.js';

test.each([
  ['int  x;', 'int x;', { start: 4, end: 5, text: '' }],
  ['ab', 'aXb', { start: 1, end: 1, text: 'X' }],
  ['aa', 'aaa', { start: 2, end: 2, text: 'a' }],
  ['', 'x', { start: 0, end: 0, text: 'x' }],
  ['x', '', { start: 0, end: 1, text: '' }],
])('%j to %j', (before, after, part) => {
  expect(changedPart(before, after)).toEqual(part);
  expect(before.slice(0, part.start) + part.text + before.slice(part.end)).toBe(after);
});

test('of the same text nothing differs', () => {
  expect(changedPart('same', 'same')).toBeUndefined();
});
