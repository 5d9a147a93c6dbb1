import { expect, test } from '@jest/globals';
import { parseArguments } from './snippet-arguments.mjs';

test('a file alone', () => {
  expect(parseArguments(['a.cpp'])).toEqual({ file: 'a.cpp', json: false, timeoutMs: undefined, stdin: undefined, optimisation: '0', clock: 'real', seed: null });
});

test('options stand before or after the file', () => {
  expect(parseArguments(['--timeout', '2.5', 'a.cpp', '--json', '--stdin', 'in.txt', '-O2', '--clock', 'fast', '--seed', '7'])).toEqual({
    file: 'a.cpp',
    json: true,
    timeoutMs: 2500,
    stdin: 'in.txt',
    optimisation: '2',
    clock: 'fast',
    seed: 7,
  });
});

test.each([
  [[], 'No file given'],
  [['a.cpp', 'b.cpp'], 'Only one file can be run at a time'],
  [['a.cpp', '--fast'], 'Unknown option: --fast'],
  [['a.cpp', '--stdin'], '--stdin needs a value'],
  [['a.cpp', '-O3'], 'use -O0, -O1 or -O2'],
  [['a.cpp', '--timeout', 'soon'], '--timeout must be a number of seconds'],
  [['a.cpp', '--timeout', '-1'], '--timeout must be a number of seconds'],
  [['a.cpp', '--clock', 'paused'], '--clock must be real, fast or slow'],
  [['a.cpp', '--seed', '1.5'], '--seed must be a whole number'],
])('%j is refused with a sentence and the usage', (args, sentence) => {
  expect(() => parseArguments(args)).toThrow(sentence);
  expect(() => parseArguments(args)).toThrow('usage: npm run');
});
