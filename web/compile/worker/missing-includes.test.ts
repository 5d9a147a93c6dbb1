import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { warnOfMissingIncludes } from './missing-includes.js';
import { providedByAsyncio } from './standard-names.js';

const warned = (text: string, others: Record<string, string> = {}): string[] =>
  warnOfMissingIncludes({ 'main.cpp': text, ...others }).map(({ file, range, message }) => `${file}:${range.startLine}: ${message.split(':').slice(0, 3).join(':')}`);

test('a name whose header is not included is warned of, with a fix', () => {
  const [warning, ...others] = warnOfMissingIncludes({ 'main.cpp': '#include <asyncio.hpp>\n\nstd::set<int> s;\nstd::set<int> t;\n' });
  expect(others).toEqual([]);
  expect(warning).toMatchObject({
    severity: 'warning',
    range: { startLine: 3, startColumn: 6, endColumn: 9 },
    message: 'std::set needs #include <set>: this page has it precompiled, other compilers may not find it',
    fixIts: [{ file: 'main.cpp', range: { startLine: 2, startColumn: 1 }, replacement: '#include <set>\n' }],
  });
});

test.each([
  ['int main() { std::println("x"); }', ['main.cpp:1: std::println needs #include <print>']],
  ['#include <asyncio.hpp>\nstd::vector<std::string> v; std::map<int, int> m;', []],
  ['#include <vector>\nstd::vector<std::string> v;', ['main.cpp:2: std::string needs #include <string>']],
  ['#include <iostream>\nstd::string s; // std::set', []],
  ['#include <boost.hpp>\nstd::set<int> s;', []],
  ['struct set {}; namespace own { int vector; } int x = own::vector;', []],
  ['#include <algorithm>\nvoid f() { std::ranges::sort(x); }', []],
  ['const char* text = "std::set";', []],
])('%j', (text, expected) => {
  expect(warned(text)).toEqual(expected);
});

test('a header of the project may include it', () => {
  expect(warned('#include "own.hpp"\nstd::set<int> s;', { 'own.hpp': '#include <set>\n' })).toEqual([]);
});

test.each(['examples', 'web/docs/guide/snippets', 'web/docs/api/examples'])('no program of %s is warned of', (folder) => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.cpp'));
  expect(files.length).toBeGreaterThan(10);
  expect(files.flatMap((name) => warned(readFileSync(`${folder}/${name}`, 'utf8')).map((warning) => `${name} ${warning}`))).toEqual([]);
});

test('what asyncio.hpp is said to bring, its headers include', () => {
  const headers = readdirSync('runtime/include', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.hpp'));
  const included = headers.flatMap((name) => Array.from(readFileSync(`runtime/include/${name}`, 'utf8').matchAll(/^#include <(\w+)>/gm), ([, header]) => header));
  expect([...providedByAsyncio].filter((header) => !included.includes(header))).toEqual([]);
});
