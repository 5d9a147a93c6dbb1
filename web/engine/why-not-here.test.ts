import { expect, test } from '@jest/globals';
import { whatIsMissing, whyNoThreads, whyNotHere } from './why-not-here.js';

const modern = WebAssembly;
const worker = {};

test('a browser that has everything has no reason', () => {
  expect(whyNotHere({ WebAssembly: modern, Worker: worker })).toBeUndefined();
  expect(whatIsMissing({ WebAssembly: { Suspending: {} } })).toBeUndefined();
});

test('an old browser says what it lacks', () => {
  const old = { validate: () => false } as unknown as typeof WebAssembly;
  expect(whyNotHere({ WebAssembly: old, Worker: worker })).toBe(
    'This browser is too old to run the program: its WebAssembly lacks tail calls and exceptions.',
  );
  expect(whyNotHere({ Worker: worker })).toContain('no WebAssembly');
  expect(whyNotHere({ WebAssembly: modern })).toContain('no workers');
  expect(whatIsMissing({ WebAssembly: {} })).toContain('std::cin reads nothing');
});

test('a program that wants threads is told why it has none', () => {
  expect(whyNoThreads({ isolated: true, able: true })).toBeUndefined();
  expect(whyNoThreads({ isolated: false, able: true })).toContain('cross-origin isolation');
  expect(whyNoThreads({ isolated: true, able: false })).toContain('this browser does not support');
});
