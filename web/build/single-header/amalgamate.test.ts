import { expect, test } from '@jest/globals';
import { amalgamate } from './amalgamate.mjs';
import { definedInline } from './defined-inline.mjs';
import { singleHeader } from './single-header.mjs';

const joined = (texts: Record<string, string>, sources: string[] = []): string =>
  amalgamate({ files: new Map(Object.entries(texts)), headers: 'include', main: 'include/all.hpp', sources });

test('each header is there once, before what includes it', () => {
  const text = joined({
    'include/all.hpp': '#pragma once\n#include <b.hpp>\n#include <a.hpp>\n',
    'include/a.hpp': '#pragma once\n#include <vector>\nint a();\n',
    'include/b.hpp': '#pragma once\n#include <a.hpp>\n#include <vector>\nint b();\n',
  });
  expect(text.split('\n').filter((line) => !/^$|^\/\//.test(line))).toEqual(['#include <vector>', 'int a();', 'int b();']);
});

test('a source brings what lies beside it', () => {
  const text = joined(
    { 'include/all.hpp': '', 'src/x/x.cpp': '#include "../y/y.hpp"\nint y() { return 1; }\n', 'src/y/y.hpp': 'int y();\n' },
    ['src/x/x.cpp'],
  );
  expect(text).toMatch(/\/\/ src\/y\/y\.hpp\n\nint y\(\);\n[^]*inline int y\(\) \{ return 1; \}/);
});

test("another library's include inside #if stays there, one of its own is an error", () => {
  expect(joined({ 'include/all.hpp': '#ifdef A\n#include <set>\n#endif\n#include <set>\n' }).match(/<set>/g)).toHaveLength(2);
  expect(() => joined({ 'include/all.hpp': '#ifdef A\n#include <a.hpp>\n#endif\n', 'include/a.hpp': '' })).toThrow('include/all.hpp: #include <a.hpp> is inside #if');
});

test('a file that is not there is named', () => {
  expect(() => joined({ 'include/all.hpp': '#include "a.hpp"\n' })).toThrow('include/a.hpp is included, but there is no such file');
});

test.each([
  ['int f() {', 'inline int f() {'],
  ['[[noreturn]] void f() {', '[[noreturn]] inline void f() {'],
  ['extern "C" void f(int x) {', 'extern "C" inline void f(int x) {'],
  ['thread_local int x = 0;', 'inline thread_local int x = 0;'],
  ['namespace {', 'inline namespace sources {'],
  ['std::pair<int, int>\nf() {', 'inline std::pair<int, int>\nf() {'],
  ['template <class T>\nvoid f(T x) {', 'template <class T>\nvoid f(T x) {'],
  ...['class A {', 'struct A {', 'enum class A {', 'using A = int;', 'namespace a {', 'public:', '    int x = 0;', '} // namespace'].map((line) => [line, line]),
])('a definition of a source may be in several files of a program: %s', (text, expected) => {
  expect(definedInline(text)).toBe(expected);
});

test('the whole runtime has no include of its own left, and begins with its version and licence', () => {
  const text = singleHeader();
  const includes = [...text.matchAll(/^\s*#\s*include\s*(\S+)/gm)].map(([, name]) => name ?? '');
  expect(includes.filter((name) => /^"|asyncio|emscripten/.test(name))).toEqual([]);
  const files = [...text.matchAll(/^\/\/ (\S+\.[ch]pp)$/gm)].map(([, name]) => name);
  expect(new Set(files).size).toBe(files.length);
  expect(files).toContain('src/native/backend.cpp');
  expect(text).toMatch(/^\/\/ asyncio for C\+\+ \d+\.\d+\.\d+: [^]*\/\/ MIT License\n\/\/\n\/\/ Copyright/);
  expect(text.match(/#pragma once/g)).toHaveLength(1);
});
