import { expect, test } from '@jest/globals';
import { newProject } from '../../project/read-project.js';
import { matches } from './search.js';
import type { Snippet } from './snippet.js';
import { when } from './when.js';

const snippet: Snippet = {
  id: 'x',
  project: newProject('Dining Philosophers', 'co_await asyncio::gather();'),
  createdAt: 1,
  changedAt: 1,
  revision: 1,
};

test.each([
  ['', true],
  ['dining', true],
  ['GATHER phil', true],
  ['main.cpp', true],
  ['dining barrier', false],
  ['.*', false],
])('a search for “%s”: %s', (words, found) => {
  expect(matches(snippet, words)).toBe(found);
});

const now = Date.UTC(2026, 5, 15, 12);
test.each([
  [0, 'just now'],
  [-5_000, 'just now'],
  [90_000, '1 minute ago'],
  [3 * 3_600_000, '3 hours ago'],
  [30 * 3_600_000, 'yesterday'],
  [20 * 24 * 3_600_000, '26 May 2026'],
])('%d ms ago is “%s”', (ago, text) => {
  expect(when(now - ago, now)).toBe(text);
});
