import { expect, test } from '@jest/globals';
import { neighbour } from './tabs.js';

test.each([
  ['ArrowRight', 0, 1],
  ['ArrowRight', 2, 0],
  ['ArrowLeft', 2, 1],
  ['ArrowLeft', 0, 2],
  ['Home', 1, 0],
  ['End', 1, 2],
  ['Enter', 1, undefined],
])('%s at tab %d of three leads to %p', (key, at, to) => {
  expect(neighbour(key, at, 3)).toBe(to);
});
