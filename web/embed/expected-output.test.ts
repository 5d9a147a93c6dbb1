import { expect, test } from '@jest/globals';
import { compareOutput } from './expected-output.js';

test.each([
  ['one\ntwo', 'one\ntwo\n'],
  ['\n  one  \r\n\ntwo\n\n', '  one\n\ntwo'],
  ['', '\n\n'],
  ['red', '\x1b[1;31mred\x1b[0m\n'],
])('%j is equal to %j', (expected, got) => {
  expect(compareOutput(expected, got)).toEqual({ type: 'equal' });
});

test.each([
  ['a\nb\nc', 'a\nx\nc', { line: 2, expected: ['b'], got: ['x'] }],
  ['a\nb', 'a', { line: 2, expected: ['b'], got: [] }],
  ['a', 'a\nb\na', { line: 2, expected: [], got: ['b', 'a'] }],
  ['a\na', 'a', { line: 2, expected: ['a'], got: [] }],
  ['', 'a', { line: 1, expected: [], got: ['a'] }],
  ['  a', 'a', { line: 1, expected: ['  a'], got: ['a'] }],
])('%j differs from %j', (expected, got, difference) => {
  expect(compareOutput(expected, got)).toEqual({ type: 'different', ...difference });
});
