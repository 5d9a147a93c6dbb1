import { beforeEach, expect, test } from '@jest/globals';
import { Awaited } from './awaited.js';

let shown: string;
let awaited: Awaited;

beforeEach(() => {
  awaited = new Awaited((text) => {
    shown = text;
  });
});

test('before the first run it is said where the output will be', () => {
  expect(shown).toBe('Run compiles the program and shows its output here.');
});

test('a run that waits for the compiler says how much of it is here', () => {
  awaited.phase('compiling');
  awaited.load({ type: 'loading', phase: 'download', loadedBytes: 3_000_000, totalBytes: 18_000_000 });
  expect(shown).toBe('The program starts when the compiler is loaded. Compiler: 3.0 MB of 18.0 MB');
  awaited.load({ type: 'ready' });
  expect(shown).toBe('Compiling …');
});

test('a program that prints nothing leaves the console empty', () => {
  awaited.load({ type: 'ready' });
  awaited.phase('compiling');
  awaited.phase('running');
  expect(shown).toBe('');
  awaited.phase('idle');
  expect(shown).toBe('');
});
