import { describe, expect, test } from '@jest/globals';
import { type CompilerReport, parseDiagnostics as parse, reportOf } from './diagnostics.js';

const parseDiagnostics = (output: string, sources: Record<string, string>): CompilerReport => reportOf(parse(output, sources));

describe('a message of the compiler', () => {
  test('has its file, place, severity and flag', () => {
    const source = 'int main() { int x; }';
    const { diagnostics } = parseDiagnostics(
      'main.cpp:1:18: warning: unused variable \'x\' [-Wunused-variable]\n    1 | int main() { int x; }\n      |                  ^\n1 warning generated.\n',
      { 'main.cpp': source },
    );
    expect(diagnostics).toEqual([
      {
        severity: 'warning',
        file: 'main.cpp',
        range: { startLine: 1, startColumn: 18, endLine: 1, endColumn: 19 },
        message: "unused variable 'x'",
        code: '-Wunused-variable',
        notes: [],
        fixIts: [],
      },
    ]);
  });

  test('has the range that is underlined around its place', () => {
    const { diagnostics } = parseDiagnostics('main.cpp:3:15:{3:15-3:31}{3:1-3:2}: error: static assertion failed\n', {});
    expect(diagnostics[0]?.range).toEqual({ startLine: 3, startColumn: 15, endLine: 3, endColumn: 31 });
  });

  test('has the range of the word at its place when no underlined range is there', () => {
    const { diagnostics } = parseDiagnostics('main.cpp:1:3:{1:1-1:2}: error: no member named \'push_bakc\'\n', {
      'main.cpp': 'v.push_bakc(3);',
    });
    expect(diagnostics[0]?.range).toMatchObject({ startColumn: 3, endColumn: 12 });
  });

  test('has columns in UTF-16 code units', () => {
    const source = 'auto é😀 = s.alhpa;';
    const { diagnostics } = parseDiagnostics('main.cpp:1:17:{1:15-1:16}: error: no member\n', { 'main.cpp': source });
    expect(source.slice(11, 16)).toBe('s.alh');
    expect(diagnostics[0]?.range).toEqual({ startLine: 1, startColumn: 14, endLine: 1, endColumn: 19 });
  });

  test('at the end of the line has a range of one column', () => {
    const { diagnostics } = parseDiagnostics('main.cpp:1:8: error: expected \';\'\n', { 'main.cpp': 'int x =' });
    expect(diagnostics[0]?.range).toEqual({ startLine: 1, startColumn: 8, endLine: 1, endColumn: 9 });
  });

  test('takes the notes that follow it', () => {
    const { diagnostics } = parseDiagnostics(
      "main.cpp:6:54: error: no matching function for call to 'g'\nmain.cpp:4:5: note: candidate function not viable\n",
      {},
    );
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]?.notes).toEqual([
      {
        file: 'main.cpp',
        range: { startLine: 4, startColumn: 5, endLine: 4, endColumn: 6 },
        message: 'candidate function not viable',
      },
    ]);
  });

  test('takes its fix-its, and leaves those of its notes', () => {
    const { diagnostics } = parseDiagnostics(
      [
        "main.cpp:1:10: error: expected ';'",
        'fix-it:"main.cpp":{1:10-1:10}:";"',
        'main.cpp:1:2: note: place parentheses',
        'fix-it:"main.cpp":{1:2-1:2}:"("',
      ].join('\n'),
      { 'main.cpp': 'int x = 3' },
    );
    expect(diagnostics[0]?.fixIts).toEqual([
      {
        file: 'main.cpp',
        range: { startLine: 1, startColumn: 10, endLine: 1, endColumn: 10 },
        replacement: ';',
      },
    ]);
  });

  test('may have quotes, line ends and other alphabets in its fix-it', () => {
    const { diagnostics } = parseDiagnostics(
      'main.cpp:1:1: error: no\nfix-it:"main.cpp":{1:1-1:2}:"\\"a\\nb\\303\\274\\\\"\n',
      {},
    );
    expect(diagnostics[0]?.fixIts[0]?.replacement).toBe('"a\nbü\\');
  });

  test('in a header of the program has the name that the program gives it', () => {
    const { diagnostics } = parseDiagnostics('./own.hpp:1:4: error: no\n', { 'own.hpp': 'é = 1;' });
    expect(diagnostics[0]).toMatchObject({ file: 'own.hpp', range: { startColumn: 3 } });
  });

  test('that is fatal is an error', () => {
    const { diagnostics } = parseDiagnostics("main.cpp:1:10: fatal error: 'nope.hpp' file not found\n", {});
    expect(diagnostics[0]).toMatchObject({ severity: 'error', message: "'nope.hpp' file not found" });
  });

  test('without a place has no file', () => {
    const { diagnostics } = parseDiagnostics('error: unknown argument\n', {});
    expect(diagnostics[0]).toMatchObject({ severity: 'error', file: '', range: { startLine: 0 } });
  });
});

describe('the text of the messages', () => {
  test('is what a terminal shows, without the marks for machines', () => {
    const { text } = parseDiagnostics(
      'main.cpp:1:10:{1:1-1:2}: error: expected \';\'\n    1 | int x = 3\nfix-it:"main.cpp":{1:10-1:10}:";"\n1 error generated.\n',
      {},
    );
    expect(text).toBe("main.cpp:1:10: error: expected ';'\n    1 | int x = 3\n1 error generated.\n");
  });

  test('counts no summary line as a message', () => {
    const { diagnostics } = parseDiagnostics('2 warnings and 3 errors generated.\n1 error generated.\n', {});
    expect(diagnostics).toEqual([]);
  });
});
