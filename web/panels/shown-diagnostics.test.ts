import { describe, expect, test } from '@jest/globals';
import type { Diagnostic, Severity } from '../protocol/diagnostic.js';
import { shownDiagnostics } from './shown-diagnostics.js';

const nowhere = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
const diagnostic = (severity: Severity, message: string): Diagnostic => ({ severity, message, file: 'main.cpp', range: nowhere, notes: [], fixIts: [] });
const many = (count: number, severity: Severity): Diagnostic[] => Array.from({ length: count }, (_, at) => diagnostic(severity, `${severity} ${at}`));

describe('what is shown of the compiler’s messages', () => {
  test('is all of a few, as they are', () => {
    const few = [diagnostic('warning', 'one'), diagnostic('error', 'two')];
    expect(shownDiagnostics(few)).toEqual({ shown: few, more: 0 });
  });

  test('is a bounded number of very many, and how many more there are', () => {
    const { shown, more } = shownDiagnostics(many(40_000, 'warning'));
    expect(shown).toHaveLength(200);
    expect(shown.at(0)?.message).toBe('warning 0');
    expect(more).toBe(39_800);
  });

  test('has the error that comes after forty thousand warnings', () => {
    const { shown, more } = shownDiagnostics([...many(40_000, 'warning'), diagnostic('error', 'here')]);
    expect(shown).toHaveLength(200);
    expect(shown.at(-1)?.message).toBe('here');
    expect(more).toBe(39_801);
  });

  test('is the beginning of a message of megabytes, and of its notes some', () => {
    const long = { ...diagnostic('error', 'm'.repeat(5_000_000)), notes: many(1000, 'note').map(({ message, file, range }) => ({ message, file, range })) };
    const [shown] = shownDiagnostics([long]).shown;
    expect(shown?.message.length).toBeLessThan(2_100);
    expect(shown?.notes).toHaveLength(30);
  });
});
