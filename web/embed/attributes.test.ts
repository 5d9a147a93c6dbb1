import { describe, expect, test } from '@jest/globals';
import { defaultSettings, readAttributes, type ReadAttributes } from './attributes.js';
import { splitArguments } from './program-arguments.js';

function read(attributes: Record<string, string>): ReadAttributes {
  return readAttributes(Object.entries(attributes), {
    baseUrl: 'https://docs.example/guide/page.html',
    isSelector: (text) => !text.includes('['),
    isHeight: (text) => /^\d+(px|em)$/.test(text),
  });
}

test('without attributes everything is as usual', () => {
  expect(read({})).toEqual({ settings: defaultSettings, problems: [] });
});

test('every attribute is read', () => {
  const { settings, problems } = read({
    theme: 'dark',
    lines: 'false',
    highlight: '2, 4-6',
    'read-only': '',
    args: `one "two words" 'it''s' back\\ slash`,
    stdin: 'line\n',
    clock: 'fast',
    seed: '7',
    threads: '',
    autorun: '',
    'output-height': '12em',
    loading: 'lazy',
    expected: '42',
    'open-in': '/playground/',
    src: '../examples/01.cpp',
    prepared: 'snippets/manifest.json',
  });
  expect(problems).toEqual([]);
  expect(settings).toEqual({
    theme: 'dark',
    lines: false,
    highlight: new Set([2, 4, 5, 6]),
    readOnly: true,
    args: ['one', 'two words', 'its', 'back slash'],
    stdin: 'line\n',
    clock: 'fast',
    seed: 7,
    threads: true,
    autorun: true,
    outputHeight: '12em',
    loading: 'lazy',
    expected: '42',
    openIn: new URL('https://docs.example/playground/'),
    src: new URL('https://docs.example/examples/01.cpp'),
    for: undefined,
    prepared: new URL('https://docs.example/guide/snippets/manifest.json'),
  });
});

test('a height may be a number, and no link may be wanted', () => {
  expect(read({ 'output-height': '200', 'open-in': 'none', for: '#code' }).settings).toMatchObject({
    outputHeight: '200px',
    openIn: null,
    for: '#code',
  });
});

describe('a value that cannot be taken is told by a sentence', () => {
  test.each([
    ['theme', 'darcula', 'Invalid value “darcula” of “theme”: it must be auto, light or dark.'],
    ['lines', 'maybe', 'Invalid value “maybe” of “lines”: it must be true or false.'],
    ['highlight', '6-4', 'Invalid value “6-4” of “highlight”: it must be lines such as 2,5-7.'],
    ['args', '"open', 'Invalid value “"open” of “args”: a quotation mark is not closed.'],
    ['clock', 'paused', 'Invalid value “paused” of “clock”: it must be real, fast or slow.'],
    ['seed', '-1', 'Invalid value “-1” of “seed”: it must be a whole number up to 4294967295.'],
    ['autorun', 'yes', 'Invalid value “yes” of “autorun”: it must be true or false.'],
    ['output-height', 'tall', 'Invalid value “tall” of “output-height”: it must be a length such as 200px or 12em.'],
    ['loading', 'soon', 'Invalid value “soon” of “loading”: it must be lazy, click or eager.'],
    ['open-in', 'javascript:alert(1)', 'Invalid value “javascript:alert(1)” of “open-in”: it must be the address of a file or a page.'],
    ['src', '', 'Invalid value “” of “src”: it must be the address of a file or a page.'],
    ['for', '[', 'Invalid value “[” of “for”: it must be a CSS selector such as #example.'],
  ])('%s="%s"', (name, value, sentence) => {
    expect(read({ [name]: value })).toEqual({ settings: defaultSettings, problems: [sentence] });
  });

  test('and a long one is shortened', () => {
    expect(read({ theme: 'x'.repeat(1000) }).problems[0]?.length).toBeLessThan(130);
  });
});

describe('an attribute that is unknown', () => {
  test.each([
    ['them', 'Unknown attribute “them”: did you mean “theme”?'],
    ['outputheight', 'Unknown attribute “outputheight”: did you mean “output-height”?'],
    ['frobnicate', 'Unknown attribute “frobnicate”.'],
    ['constructor', 'Unknown attribute “constructor”.'],
  ])('%s is told by a sentence', (name, sentence) => {
    expect(read({ [name]: '' }).problems).toEqual([sentence]);
  });

  test('is the host page’s own business where it is HTML’s or a framework’s', () => {
    const names = ['class', 'id', 'style', 'title', 'hidden', 'data-x', 'data-v-7ba5bd90', 'aria-label', 'onclick', 'v-if', ':key', '@run', '_ngcontent-abc', 'x-data', 'xml:lang'];
    expect(read(Object.fromEntries(names.map((name) => [name, '']))).problems).toEqual([]);
  });
});

test('a text has one source', () => {
  expect(read({ src: 'a.cpp', for: '#b' }).problems).toEqual(['It has both “src” and “for”: use only one of them.']);
});

describe('arguments', () => {
  test.each([
    ['', []],
    ['  a  b\n c ', ['a', 'b', 'c']],
    ['"a b" \'c "d"\' e\\"f', ['a b', 'c "d"', 'e"f']],
    ['"" a""b', ['', 'ab']],
    ['"x\\\\y \\" \\n"', ['x\\y " \\n']],
  ])('%j', (text, words) => {
    expect(splitArguments(text)).toEqual(words);
  });

  test.each(['"', "it's", 'a "b', 'end\\'])('%j is not closed', (text) => {
    expect(splitArguments(text)).toBeUndefined();
  });
});
