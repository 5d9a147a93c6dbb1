import { expect, test } from '@jest/globals';
import { withSeverityColours } from './severity-colours.js';

const yellow = (line: string): string => `\x1b[33m${line}\x1b[39m`;

test('warnings, with their source and notes, are yellow; errors are not', () => {
  const warning = ['main.cpp:1:5: warning: unused', '    1 | int x;', 'main.cpp:1:1: note: here'];
  const error = ['main.cpp:2:1: error: no', '    2 | y', ''];
  expect(withSeverityColours([...warning, ...error].join('\n'))).toBe([...warning.map(yellow), ...error].join('\n'));
  expect(withSeverityColours([...error.slice(0, 2), ...warning].join('\n'))).toBe([...error.slice(0, 2), ...warning.map(yellow)].join('\n'));
});

test('a program that prints such a word is not the compiler: only whole lines count', () => {
  expect(withSeverityColours('a warning: none\n')).toBe('a warning: none\n');
});
