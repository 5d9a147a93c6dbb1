import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { highlight, highlightLines } from './highlight.js';

const kinds = (text: string): string[] => highlight(text).flatMap(({ kind, text: piece }) => (kind === 'plain' ? [] : [`${kind} ${piece}`]));

test.each([
  ['int x = 0x1F\'000 + 1e-5f; // sum', ['keyword int', "number 0x1F'000", 'number 1e-5f', 'comment // sum']],
  ['  #include <asyncio.hpp>', ['directive   #include', 'string <asyncio.hpp>']],
  ['#define A "b"', ['directive #define', 'string "b"']],
  ['co_await asyncio::sleep(100ms);', ['keyword co_await', 'function sleep', 'number 100ms']],
  ['asyncio::Coro<std::string> f()', ['type Coro', 'function f']],
  ['auto s = u8R"x(a " )" // b\n)x";', ['keyword auto', 'string u8R"x(a " )" // b\n)x"']],
  ["char c = '\\'';", ['keyword char', "string '\\''"]],
  ['a < b && c > d', []],
  ['/* one\ntwo */ if', ['comment /* one\ntwo */', 'keyword if']],
])('%j', (text, expected) => {
  expect(kinds(text)).toEqual(expected);
});

test.each(['"open\nint x;', "'\nint x;"])('a string that is not closed ends with its line: %j', (text) => {
  expect(kinds(text).at(-1)).toBe('keyword int');
});

test.each(['/* open\n', 'R"(open\n', '// open \\\n and on'])('what is open ends with the text: %j', (text) => {
  expect(highlight(text)).toHaveLength(1);
});

test('nothing of any example is lost, and lines stay lines', () => {
  for (const name of readdirSync('examples').filter((one) => one.endsWith('.cpp'))) {
    const text = readFileSync(`examples/${name}`, 'utf8');
    expect(highlight(text).map((token) => token.text).join('')).toBe(text);
    expect(highlightLines(text).map((line) => line.map((token) => token.text).join('')).join('\n')).toBe(text);
  }
});

test('a long line of any marks takes time in proportion to it', () => {
  for (const mark of ['"', "'", '/*', 'R"(', '\\', '<', '#', '((', "1'1"]) {
    const started = performance.now();
    highlight(mark.repeat(50_000));
    expect({ mark, slow: performance.now() - started > 2_000 }).toEqual({ mark, slow: false });
  }
});
