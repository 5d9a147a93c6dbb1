import type { FixIt, SourceRange } from '../protocol/diagnostic.js';

/** The offset of a line and column (both from 1) in a text; positions outside are clamped. */
export function offsetAt(text: string, line: number, column: number): number {
  let start = 0;
  for (let i = 1; i < line; i += 1) {
    const newline = text.indexOf('\n', start);
    if (newline < 0) return text.length;
    start = newline + 1;
  }
  const newline = text.indexOf('\n', start);
  const end = newline < 0 ? text.length : newline;
  return Math.min(start + Math.max(0, column - 1), end);
}

export function offsetsOf(text: string, range: SourceRange): [start: number, end: number] {
  const start = offsetAt(text, range.startLine, range.startColumn);
  return [start, Math.max(start, offsetAt(text, range.endLine, range.endColumn))];
}

/** The text with the fix-its applied; their ranges refer to the original text. */
export function withFixIts(text: string, fixIts: FixIt[]): string {
  const edits = fixIts
    .map(({ range, replacement }) => ({ offsets: offsetsOf(text, range), replacement }))
    .sort((a, b) => b.offsets[0] - a.offsets[0]);
  let result = text;
  for (const { offsets, replacement } of edits) {
    result = result.slice(0, offsets[0]) + replacement + result.slice(offsets[1]);
  }
  return result;
}
