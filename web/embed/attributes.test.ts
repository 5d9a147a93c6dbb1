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
    ['theme', 'darcula', '“darcula” cannot be its “theme”: it takes auto, light or dark.'],
    ['lines', 'maybe', '“maybe” cannot be its “lines”: it takes true or false.'],
    ['highlight', '6-4', '“6-4” cannot be its “highlight”: it takes lines such as 2,5-7.'],
    ['args', '"open', '“"open” cannot be its “args”: a quote in it is not closed.'],
    ['clock', 'paused', '“paused” cannot be its “clock”: it takes real, fast or slow.'],
    ['seed', '-1', '“-1” cannot be its “seed”: it takes a whole number up to 4294967295.'],
    ['autorun', 'yes', '“yes” cannot be its “autorun”: it takes true or false.'],
    ['output-height', 'tall', '“tall” cannot be its “output-height”: it takes a length such as 200px or 12em.'],
    ['loading', 'soon', '“soon” cannot be its “loading”: it takes lazy, click or eager.'],
    ['open-in', 'javascript:alert(1)', '“javascript:alert(1)” cannot be its “open-in”: it takes the address of a file or a page.'],
    ['src', '', '“” cannot be its “src”: it takes the address of a file or a page.'],
    ['for', '[', '“[” cannot be its “for”: it takes a CSS selector such as #example.'],
  ])('%s="%s"', (name, value, sentence) => {
    expect(read({ [name]: value })).toEqual({ settings: defaultSettings, problems: [sentence] });
  });

  test('and a long one is shortened', () => {
    expect(read({ theme: 'x'.repeat(1000) }).problems[0]?.length).toBeLessThan(130);
  });
});

describe('an attribute that is unknown', () => {
  test.each([
    ['them', 'It has no attribute “them”: did you mean “theme”?'],
    ['outputheight', 'It has no attribute “outputheight”: did you mean “output-height”?'],
    ['frobnicate', 'It has no attribute “frobnicate”.'],
    ['constructor', 'It has no attribute “constructor”.'],
  ])('%s is told by a sentence', (name, sentence) => {
    expect(read({ [name]: '' }).problems).toEqual([sentence]);
  });

  test('is the host page’s own business where it is HTML’s or a framework’s', () => {
    const names = ['class', 'id', 'style', 'title', 'hidden', 'data-x', 'data-v-7ba5bd90', 'aria-label', 'onclick', 'v-if', ':key', '@run', '_ngcontent-abc', 'x-data', 'xml:lang'];
    expect(read(Object.fromEntries(names.map((name) => [name, '']))).problems).toEqual([]);
  });
});

test('a text has one source', () => {
  expect(read({ src: 'a.cpp', for: '#b' }).problems).toEqual(['It has “src” and “for”: its text can come from one place only.']);
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
