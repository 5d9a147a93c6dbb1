import { expect, test } from '@jest/globals';
import { describeFixIt, describePlace, summarise } from './diagnostic-text.js';
import type { Diagnostic, Severity, SourceRange } from '../protocol/diagnostic.js';

const range = (startColumn: number, endColumn: number): SourceRange => ({
  startLine: 4,
  startColumn,
  endLine: 4,
  endColumn,
});

const diagnostic = (severity: Severity): Diagnostic => ({
  severity,
  file: 'main.cpp',
  range: range(1, 2),
  message: 'm',
  notes: [],
  fixIts: [],
});

test('a place is file, line and column', () => {
  expect(describePlace('main.cpp', range(7, 9))).toBe('main.cpp:4:7');
});

test('the linker has no place', () => {
  expect(describePlace('', range(0, 0))).toBe('linker');
});

test('a fix-it says what it inserts, replaces or removes', () => {
  const fix = { file: 'main.cpp', replacement: ';' };
  expect(describeFixIt({ ...fix, range: range(3, 3) })).toBe('insert “;” at line 4');
  expect(describeFixIt({ ...fix, range: range(3, 5) })).toBe('replace the marked text with “;” at line 4');
  expect(describeFixIt({ ...fix, range: range(3, 5), replacement: '' })).toBe('remove the marked text at line 4');
});

test('a summary counts each severity, worst first', () => {
  expect(summarise([diagnostic('warning'), diagnostic('error'), diagnostic('error')])).toBe(
    '2 errors, 1 warning',
  );
});
