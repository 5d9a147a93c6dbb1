import { expect, test } from '@jest/globals';
import { ConsoleBuffer } from './console-buffer.js';
import { matches, type LineFilter } from './console-filter.js';

function shown(filter: LineFilter): string[] {
  const buffer = new ConsoleBuffer();
  buffer.append('stdout', 'One\ntwo ');
  buffer.append('stderr', 'wrong\nOne \x1b[31mmor\x1b[1me\x1b[m error\n');
  buffer.append('input', 'one typed\n');
  buffer.appendLine('success', 'Finished');
  return Array.from(buffer.lines()).flatMap((line) => (matches(line, filter) ? [line.text()] : []));
}

test('without a filter every line is shown', () => {
  expect(shown({ text: '', stream: 'all' })).toEqual(['One', 'two wrong', 'One more error', 'one typed', 'Finished']);
});

test('lines that hold the text are shown in their order, whatever the case and the looks', () => {
  expect(shown({ text: 'oNE', stream: 'all' })).toEqual(['One', 'One more error', 'one typed']);
  expect(shown({ text: 'more e', stream: 'all' })).toEqual(['One more error']);
  expect(shown({ text: '.*', stream: 'all' })).toEqual([]);
});

test('lines of one stream are shown, also where the other one began the line', () => {
  expect(shown({ text: '', stream: 'stdout' })).toEqual(['One', 'two wrong']);
  expect(shown({ text: '', stream: 'stderr' })).toEqual(['two wrong', 'One more error']);
  expect(shown({ text: 'one', stream: 'stderr' })).toEqual(['One more error']);
});
