import { expect, test } from '@jest/globals';
import { explain } from './explain.js';

const at = (line: number, column: number, message: string): string => `main.cpp:${line}:${column}: ${message}\n`;
const library = (file: string, message: string): string => `/usr/sysroot/include/c++/v1/${file}:99:30: ${message}\n`;

const unformattable = (type: string): string =>
  'In file included from main.cpp:1:\nIn file included from /usr/sysroot/include/c++/v1/print:1:\n' +
  library('__format/format_functions.h', `error: call to implicitly-deleted default constructor of 'formatter<${type}, char>'`) +
  library('__format/format_functions.h', 'note: in instantiation of member function') +
  at(2, 14, "note: in call to 'basic_format_string<char[3]>'") +
  library('__format/format_functions.h', `error: no member named 'parse' in 'std::formatter<${type}>'`) +
  at(2, 14, `error: call to consteval function 'std::basic_format_string<char, ${type}>::basic_format_string<char[3]>' is not a constant expression`) +
  library('__concepts/constructible.h', `error: call to implicitly-deleted copy constructor of 'std::formatter<${type}>'`) +
  '4 errors generated.\n';

const source = { 'main.cpp': '#include <print>\nstd::println("{}", f());\nint x = missing;\n' };
const listed = (output: string): string[] =>
  explain(output, source).diagnostics.map(({ file, range, message }) => `${file}:${range.startLine}: ${message}`);

test.each([
  ['asyncio::Coro<int>', 'a Coro<int> cannot be printed: co_await it first, and print its result'],
  ['asyncio::Task<std::vector<int>>', 'a Task<std::vector<int>> cannot be printed: co_await it first, and print its result'],
  ['S', 'S cannot be printed: it has no std::formatter<S>'],
])('a %s that is printed is one error at its line', (type, message) => {
  const { diagnostics, text } = explain(unformattable(type), source);
  expect(diagnostics.map((each) => each.message)).toEqual([message]);
  expect(diagnostics[0]).toMatchObject({ severity: 'error', file: 'main.cpp', range: { startLine: 2 }, notes: [] });
  expect(text).toBe(`main.cpp:2:14: error: ${message}\n    2 | std::println("{}", f());\n      |              ^\n`);
});

test('another mistake beside it stays', () => {
  expect(listed(unformattable('S') + at(3, 9, "error: use of undeclared identifier 'missing'"))).toEqual([
    'main.cpp:2: S cannot be printed: it has no std::formatter<S>',
    "main.cpp:3: use of undeclared identifier 'missing'",
  ]);
});

test.each([
  "no viable conversion from 'asyncio::Coro<int>' to 'int'",
  "no viable conversion from 'asyncio::Coro<int>' to 'std::string' (aka 'basic_string<char>')",
  "assigning to 'int' from incompatible type 'Task<int>'",
  "invalid operands to binary expression ('asyncio::Coro<int>' and 'int')",
  "value of type 'asyncio::Future<bool>' is not contextually convertible to 'bool'",
  "cannot initialize a parameter of type 'int' with an rvalue of type 'asyncio::Coro<int>'",
])('%s: the advice is to await it', (message) => {
  expect(listed(at(3, 5, `error: ${message}`) + library('string', 'note: candidate constructor not viable'))).toEqual([`main.cpp:3: ${message}: co_await it first`]);
});

test.each([
  "no viable conversion from 'asyncio::Coro<int>' to 'asyncio::Task<int>'",
  "no viable conversion from 'int' to 'asyncio::Coro<int>'",
  "invalid operands to binary expression ('S' and 'int')",
])('%s: clang says enough', (message) => {
  expect(listed(at(3, 5, `error: ${message}`))).toEqual([`main.cpp:3: ${message}`]);
});

test('an error in a header of the library is listed once, at the line of the program that leads there', () => {
  const note = at(2, 1, 'note: in instantiation of function template specialization requested here');
  const output = library('sort.h', "error: no type named 'value_type'") + note + library('heap.h', "error: no type named 'difference_type'") + note;
  const { diagnostics } = explain(output, source);
  expect(diagnostics).toHaveLength(1);
  expect(diagnostics[0]).toMatchObject({ file: 'main.cpp', range: { startLine: 2 }, message: "no type named 'value_type'" });
  expect(diagnostics[0]?.notes[0]).toMatchObject({ file: expect.stringContaining('sort.h') });
});
