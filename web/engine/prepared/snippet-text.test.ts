import { describe, expect, test } from '@jest/globals';
import { firstLines, normalised, parseSnippet, placeOf, sourceLines, sourceOf, textOf, withText, type Block } from './snippet-text.js';

const program = `#include <cstdio>
//sampleStart
int answer() { return 42; }
//sampleEnd
// sampleStart
  // readOnlyStart
int twice() { return 2 * answer(); }
  // readOnlyEnd
//sampleEnd
int main() {
    std::printf("%d\\n", twice());
}
`;
const compiled = `#include <cstdio>
int answer() { return 42; }
int twice() { return 2 * answer(); }
int main() {
    std::printf("%d\\n", twice());
}
`;

describe('a source as it is compiled', () => {
  test('has no indentation of its surroundings, no blank lines around it and no carriage returns', () => {
    expect(normalised('\n\n    int a;\r\n\r\n      int b;  \n    int c;\n  ')).toBe('int a;\n\n  int b;\nint c;');
  });

  test('keeps what mixes tabs and spaces, and may be empty', () => {
    expect(normalised('\tint a;\n    int b;\n')).toBe('\tint a;\n    int b;');
    expect(normalised(' \n\n')).toBe('');
  });
});

test('each line of a program has its line of the source', () => {
  const source = `\n  \n${program}\n\n`;
  const lines = source.split('\n');
  expect(sourceLines(source).map((line) => lines[line])).toEqual(compiled.trimEnd().split('\n'));
  expect(sourceLines(' \n')).toEqual([]);
});

describe('a snippet with samples', () => {
  const blocks = parseSnippet(program);

  test('hides what is outside of them, and what is marked cannot be edited', () => {
    expect(blocks.map(({ hidden, readOnly }) => ({ hidden, readOnly }))).toEqual([
      { hidden: true, readOnly: false },
      { hidden: false, readOnly: false },
      { hidden: false, readOnly: true },
      { hidden: true, readOnly: false },
    ]);
  });

  test('is compiled whole, without the lines that mark', () => {
    expect(textOf(blocks)).toBe(compiled);
  });

  test('counts its lines as the compiler does', () => {
    expect(firstLines(blocks)).toEqual([1, 2, 3, 4]);
  });

  test.each([
    [1, { block: 0, line: 0 }],
    [3, { block: 2, line: 0 }],
    [5, { block: 3, line: 1 }],
    [99, { block: 3, line: 2 }],
    [0, { block: 0, line: 0 }],
  ])('has line %d in its block', (line, place) => {
    expect(placeOf(blocks, line)).toEqual(place);
  });

  test('can be written with its marks again', () => {
    expect(parseSnippet(sourceOf(blocks))).toEqual(blocks);
    const plain = parseSnippet('int main() {}');
    expect(sourceOf(plain)).toBe('int main() {}\n');
  });

  test('may leave its last sample open', () => {
    expect(parseSnippet('int a;\n//sampleStart\nint b;')).toMatchObject([{ hidden: true }, { text: 'int b;', hidden: false }]);
  });
});

test('a snippet without marks is one block, an empty one too', () => {
  expect(parseSnippet('int main() {}\n')).toEqual([{ text: 'int main() {}', hidden: false, readOnly: false }]);
  expect(parseSnippet('')).toEqual([{ text: '', hidden: false, readOnly: false }]);
});

test('a mark in the middle of a line, or a longer word, is a comment', () => {
  const source = 'int a; //sampleStart\n//sampleStarted\n';
  expect(textOf(parseSnippet(source))).toBe(source);
});

test.each([
  ['int a;\n//sampleEnd', /^“\/\/sampleEnd” in line 2 of this snippet has no “\/\/sampleStart” before it\.$/],
  ['//sampleStart\n//sampleStart\nint a;', /“\/\/sampleStart” in line 2 of this snippet is repeated/],
  ['//readOnlyEnd', /has no “\/\/readOnlyStart”/],
  ['int a;\n//sampleStart\n//sampleEnd', /none of it would be visible/],
])('marks that do not fit are told by a sentence: %j', (source, message) => {
  expect(() => parseSnippet(source)).toThrow(message);
});

describe('a text given anew', () => {
  const blocks: Block[] = parseSnippet(program);

  test('keeps the blocks where one of them has changed', () => {
    const changed = withText(blocks, compiled.replace('return 42;', 'return 43;\n'));
    expect(changed.map(({ text }) => text)).toEqual([
      '#include <cstdio>',
      'int answer() { return 43;\n }',
      'int twice() { return 2 * answer(); }',
      'int main() {\n    std::printf("%d\\n", twice());\n}',
    ]);
    expect(changed.map(({ hidden }) => hidden)).toEqual([true, false, false, true]);
  });

  test('is one block where it is another program, or lines that cannot be edited have changed', () => {
    expect(withText(blocks, 'int main() {}\n')).toEqual([{ text: 'int main() {}', hidden: false, readOnly: false }]);
    expect(withText(blocks, compiled.replace('2 *', '3 *'))).toHaveLength(1);
  });

  test('is what is compiled then', () => {
    for (const text of [compiled, 'int main() {}\n', '\n', 'a\r\nb\n']) {
      expect(textOf(withText(blocks, text))).toBe(text.replace('\r', ''));
    }
  });
});
