import { expect, test } from '@jest/globals';
import { indentAfter } from './line-indent.js';

test.each([
  ['int main() {', '    '],
  ['    foo(', '        '],
  ['    return 0;', '    '],
  ['a\n\tb', '\t'],
  ['', ''],
  ['    x', '    '],
])('after %j', (text, indent) => {
  expect(indentAfter(text, text.length)).toBe(indent);
});

test('only what stands before the caret counts', () => {
  expect(indentAfter('    {}', 5)).toBe('        ');
  expect(indentAfter('    {}', 0)).toBe('');
});
