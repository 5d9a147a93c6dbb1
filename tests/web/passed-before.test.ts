import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import { passedBefore, recordTally } from '../run/passed-before.mjs';

const input = 'build/test-reports/an-input.txt';
const title = 'a test of passed-before';
const passed = { name: title, passed: 3, failed: 0 };
const ci = process.env['CI'];

beforeEach(() => {
  delete process.env['CI'];
  mkdirSync('build/test-reports', { recursive: true });
  writeFileSync(input, 'one');
});
afterEach(() => {
  if (ci !== undefined) process.env['CI'] = ci;
});
afterAll(() => {
  recordTally(title, [], { ...passed, failed: 1 });
  rmSync(input, { force: true });
});

test('a test that passed with the same inputs is known with its counts', () => {
  recordTally(title, [input], passed);
  expect(passedBefore(title, [input])).toEqual(passed);
});

test('one other byte of an input, and it has to run', () => {
  recordTally(title, [input], passed);
  writeFileSync(input, 'two');
  expect(passedBefore(title, [input])).toBeUndefined();
});

test('a test that failed or cannot be trusted has to run, whatever it did before', () => {
  for (const bad of [{ ...passed, failed: 1 }, { ...passed, problem: 'it died' }]) {
    recordTally(title, [input], passed);
    recordTally(title, [input], bad);
    expect(passedBefore(title, [input])).toBeUndefined();
  }
});

test('a CI runs everything', () => {
  recordTally(title, [input], passed);
  process.env['CI'] = 'true';
  expect(passedBefore(title, [input])).toBeUndefined();
});
