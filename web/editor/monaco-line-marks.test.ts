import { expect, test } from '@jest/globals';
import { decorationsOf } from './monaco-line-marks.js';

const mark = (file: string, line: number, title = 'Waiting here: consumer') => ({ file, line, text: '‖ consumer', title });
const twoLines = (line: number): number | undefined => [undefined, 13, 1][line];

test('a mark is at the end of its line, in its file only', () => {
  const made = decorationsOf([mark('main.cpp', 1), mark('other.cpp', 1)], 'main.cpp', twoLines);
  expect(made.map(({ range }) => range)).toEqual([{ startLineNumber: 1, startColumn: 13, endLineNumber: 1, endColumn: 13 }]);
  expect(made[0]?.options.after?.content.trim()).toBe('‖ consumer');
});

test('a line that the file does not have is not marked', () => {
  expect(decorationsOf([mark('main.cpp', 9)], 'main.cpp', twoLines)).toEqual([]);
});

test('names in the hint are text, not Markdown', () => {
  const [made] = decorationsOf([mark('main.cpp', 1, '![x](http://a.b) <img>')], 'main.cpp', twoLines);
  expect(made?.options.hoverMessage).toEqual({ value: '\\!\\[x\\]\\(http\\://a\\.b\\) \\<img\\>' });
});
