import { describe, expect, test } from '@jest/globals';
import { AnsiParser, visibleText } from './ansi-parser.js';
import type { AnsiStyle } from './ansi-style.js';

type Action = { print: string; style: AnsiStyle } | string;

/** What the parser does with these pieces; text of one look that comes in pieces is told as one. */
function actionsOf(...pieces: string[]): Action[] {
  const actions: Action[] = [];
  const parser = new AnsiParser({
    print(text, style) {
      const last = actions.at(-1);
      if (typeof last === 'object' && last.style === style) last.print += text;
      else actions.push({ print: text, style });
    },
    newline: () => actions.push('newline'),
    carriageReturn: () => actions.push('carriage return'),
    backspace: () => actions.push('backspace'),
    eraseLine: (part) => actions.push(`erase ${part}`),
  });
  for (const piece of pieces) parser.write(piece);
  return actions;
}

function textOf(...pieces: string[]): string {
  return actionsOf(...pieces)
    .map((action) => (typeof action === 'object' ? action.print : action === 'newline' ? '\n' : ''))
    .join('');
}

function stylesOf(text: string): [string, AnsiStyle][] {
  return actionsOf(text).flatMap((action): [string, AnsiStyle][] => (typeof action === 'object' ? [[action.print, action.style]] : []));
}

describe('escapes for colours and styles', () => {
  test('set, add to and reset the look of what follows', () => {
    expect(stylesOf('a\x1b[1;31mb\x1b[4mc\x1b[22md\x1b[me')).toEqual([
      ['a', {}],
      ['b', { bold: true, colour: { index: 1 } }],
      ['c', { bold: true, colour: { index: 1 }, underline: true }],
      ['d', { colour: { index: 1 }, underline: true }],
      ['e', {}],
    ]);
  });

  test.each<[string, AnsiStyle]>([
    ['3;9', { italic: true, strike: true }],
    ['2', { dim: true }],
    ['7', { inverse: true }],
    ['37;40', { colour: { index: 7 }, background: { index: 0 } }],
    ['97;100', { colour: { index: 15 }, background: { index: 8 } }],
    ['38;5;208', { colour: { index: 208 } }],
    ['48;5;16;1', { background: { index: 16 }, bold: true }],
    ['38;2;255;128;0;3', { colour: { rgb: 0xff8000 }, italic: true }],
    ['38:5:208', { colour: { index: 208 } }],
    ['38:2::255:128:0', { colour: { rgb: 0xff8000 } }],
    ['38:2:255:128:0', { colour: { rgb: 0xff8000 } }],
    ['4:3', { underline: true }],
    ['4;4:0', {}],
    ['31;39', {}],
    ['1;;4', { underline: true }],
    ['38;5', { colour: { index: 0 } }],
    ['38;5;999;1', { bold: true }],
    ['38;2;1;2;999', {}],
    ['99999999999999999999;1', { bold: true }],
    ['8', {}],
    ['5', {}],
    ['1000;1', { bold: true }],
  ])('%s', (parameters, style) => {
    expect(stylesOf(`\x1b[${parameters}mx`)).toEqual([['x', style]]);
  });

  test('may come in pieces', () => {
    expect(actionsOf('a\x1b', '[', '3', '1', 'mb')).toEqual(actionsOf('a\x1b[31mb'));
  });
});

describe('a progress bar', () => {
  test('goes back by carriage return and erases its line', () => {
    expect(actionsOf('50%\r\x1b[K100%\n')).toEqual([
      { print: '50%', style: {} },
      'carriage return',
      'erase end',
      { print: '100%', style: {} },
      'newline',
    ]);
    expect(actionsOf('\x1b[0K\x1b[1K\x1b[2K\b')).toEqual(['erase end', 'erase start', 'erase all', 'backspace']);
  });
});

describe('what is dropped', () => {
  test.each([
    ['moving the cursor', 'a\x1b[2J\x1b[10;20H\x1b[999999999Ab', 'ab'],
    ['modes', 'a\x1b[?1049h\x1b[?25l\x1b[>c\x1b[ qb', 'ab'],
    ['a title', 'a\x1b]0;title\x07b', 'ab'],
    ['a link keeps its text', '\x1b]8;;https://example.org\x1b\\text\x1b]8;;\x1b\\', 'text'],
    ['strings of the terminal', 'a\x1bPq#1\x1b\\b\x1b_x\x1b\\c\x1b^y\x1b\\d\x1bXz\x1b\\e', 'abcde'],
    ['character sets and resets', 'a\x1b(Bb\x1b#8c\x1bcd\x1b7e', 'abcde'],
    ['a sequence of 10,000 parameters', `a\x1b[${'1;'.repeat(10_000)}mb`, 'ab'],
  ])('%s', (_what, text, left) => {
    expect(textOf(text)).toBe(left);
  });

  test('an escape that another begins in, or that a line ends in, hides no text', () => {
    expect(textOf('a\x1b[1\x1b[31mb')).toBe('ab');
    expect(textOf('a\x1b\x1b\x1b[31mb')).toBe('ab');
    expect(textOf('a\x1b[12\nb')).toBe('a\nb');
    expect(textOf('a\x1b\nb')).toBe('a\nb');
    expect(textOf('a\x1b]0;never ended\nb')).toBe('a\nb');
    expect(textOf('a\x1b]0;title\x1b[31mb')).toBe('ab');
  });

  test('a string of the terminal that is never ended hides a few thousand characters', () => {
    const text = textOf('\x1b]', 'x'.repeat(3_000), 'y'.repeat(3_000));
    expect(text).toBe('y'.repeat(6_000 - 4_096));
  });
});

describe('what could deceive', () => {
  test('becomes visible: control characters', () => {
    expect(textOf('a\0b\x07c\x7fd\x0be\x85f\x9b31mg')).toBe('a[U+0000]b[U+0007]c[U+007F]d[U+000B]e[U+0085]f[U+009B]31mg');
  });

  test('becomes visible: what reorders text', () => {
    expect(textOf('if (access\u202e) {\u2066 x \u2069')).toBe('if (access[U+202E]) {[U+2066] x [U+2069]');
  });

  test('halves of characters are replaced, whole ones are kept', () => {
    expect(textOf('a\ud83db\ude00c😀d\ud83d')).toBe('a\ufffdb\ufffdc😀d\ufffd');
  });

  test('the same holds for what people type', () => {
    expect(visibleText('a\x1b[31m\0\ud83d😀\u202e\tb\n')).toBe('a[U+001B][31m[U+0000]\ufffd😀[U+202E]\tb\n');
  });
});

describe('text of any kind', () => {
  const seeds = Array.from({ length: 200 }, (_, seed) => seed + 1);

  test.each(seeds)('is read the same in pieces as at once, and leaves nothing that acts (seed %d)', (seed) => {
    const random = randomOf(seed);
    const text = anyText(random);
    const pieces = cut(text, random);
    const whole = actionsOf(text);
    const inPieces = actionsOf(...pieces);
    expect(inPieces).toEqual(whole);
    for (const action of whole) {
      // eslint-disable-next-line no-control-regex -- none of them may be left
      if (typeof action === 'object') expect(action.print).not.toMatch(/[\0-\x08\n-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u);
    }
  });
});

function randomOf(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function anyText(random: () => number): string {
  const kinds = [
    () => 'text ',
    () => '\x1b[',
    () => '\x1b]',
    () => '\x1bP',
    () => '\x1b',
    () => '\x1b\\',
    () => `${Math.floor(random() * 300)}`,
    () => ';',
    () => ':',
    () => 'mKHJ'.charAt(Math.floor(random() * 4)),
    () => '\r',
    () => '\n',
    () => '\b',
    () => '😀',
    () => String.fromCharCode(Math.floor(random() * 256)),
    () => String.fromCharCode(Math.floor(random() * 65_536)),
    () => 'x'.repeat(Math.floor(random() * 600)),
  ];
  return Array.from({ length: 400 }, () => kinds[Math.floor(random() * kinds.length)]?.() ?? '').join('');
}

/** Not between the halves of a character: a decoder never does. */
function cut(text: string, random: () => number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of text) {
    piece += character;
    if (random() < 0.1) {
      pieces.push(piece);
      piece = '';
    }
  }
  return [...pieces, piece];
}
