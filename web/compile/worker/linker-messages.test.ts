import { expect, test } from '@jest/globals';
import { parseLinkerMessages } from './linker-messages.js';

test('a missing definition is said in words of the source', () => {
  expect(parseLinkerMessages('wasm-ld: error: main.o: undefined symbol: f(int)\n')).toMatchObject([
    { severity: 'error', file: '', message: 'f(int) is declared but never defined' },
  ]);
});

test('a definition twice is said in words of the source', () => {
  expect(parseLinkerMessages('wasm-ld: error: duplicate symbol: f()\n>>> defined in main.o\n')).toMatchObject([
    { severity: 'error', message: 'f() is defined more than once' },
  ]);
});

test('warnings stay warnings, and other lines are no messages', () => {
  expect(parseLinkerMessages('wasm-ld: warning: creating shared libraries is experimental\n\nhello\n')).toMatchObject([
    { severity: 'warning', message: 'creating shared libraries is experimental' },
  ]);
});
