import { expect, test } from '@jest/globals';
import { swapped } from './view-groups.js';

const open = { first: 'console', second: 'waits' };

test.each([
  ['first', 'files', { first: 'files', second: 'waits' }],
  ['second', 'files', { first: 'console', second: 'files' }],
  ['first', 'waits', { first: 'waits', second: 'console' }],
  ['second', 'console', { first: 'waits', second: 'console' }],
] as const)('the %s group takes %s; a view that the other has changes places', (group, id, after) => {
  expect(swapped(open, group, id)).toEqual(after);
});

test('with one group nothing changes places', () => {
  expect(swapped({ first: 'console', second: undefined }, 'first', 'waits')).toEqual({ first: 'waits', second: undefined });
});
