import { expect, test } from '@jest/globals';
import { markerRange, markersOf } from './monaco-markers.js';
import type { Diagnostic } from '../protocol/diagnostic.js';

const diagnostic: Diagnostic = {
  severity: 'error',
  file: 'main.cpp',
  range: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 9 },
  message: "use of undeclared identifier 'frob'",
  code: 'undeclared_var_use',
  notes: [
    { file: 'main.cpp', range: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 }, message: 'here' },
  ],
  fixIts: [],
};

test('a diagnostic becomes a marker with its notes', () => {
  expect(markersOf([diagnostic], 'main.cpp')).toEqual([
    {
      severity: 8,
      message: "use of undeclared identifier 'frob'\nnote (line 1): here",
      source: 'clang',
      code: 'undeclared_var_use',
      startLineNumber: 3,
      startColumn: 5,
      endLineNumber: 3,
      endColumn: 9,
    },
  ]);
});

test('what is said of another file or of no place is no marker', () => {
  const nowhere = { startLine: 0, startColumn: 0, endLine: 0, endColumn: 0 };
  expect(markersOf([{ ...diagnostic, file: 'x.hpp' }, { ...diagnostic, range: nowhere }], 'main.cpp')).toEqual([]);
});

test('a range without an end marks its start', () => {
  expect(markerRange({ startLine: 3, startColumn: 5, endLine: 0, endColumn: 0 })).toEqual({
    startLineNumber: 3,
    startColumn: 5,
    endLineNumber: 3,
    endColumn: 5,
  });
});
