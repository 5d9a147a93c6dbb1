import { expect, test } from '@jest/globals';
import { plain } from './ansi-style.js';
import { Line, type Voice } from './console-line.js';
import { isExcerpt } from './source-excerpt.js';

function lineOf(text: string, voice: Voice = 'stderr'): Line {
  const line = new Line(0, undefined, undefined, 1_000);
  line.write({ voice, style: plain, text });
  return line;
}

test.each(['    3 | int n = "x";', '      |     ^   ~~~', '12345 | }', '    4 |'])('%p is of an excerpt', (text) => {
  expect(isExcerpt(lineOf(text))).toBe(true);
});

test.each(['main.cpp:3:5: error: no', '| a | b |', '  | a table |', ' ^~~'])('%p is not', (text) => {
  expect(isExcerpt(lineOf(text))).toBe(false);
});

test('what a program prints to stdout is not', () => {
  expect(isExcerpt(lineOf('    3 | apples', 'stdout'))).toBe(false);
});
