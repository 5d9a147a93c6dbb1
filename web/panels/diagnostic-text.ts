import type { Diagnostic, FixIt, Severity, SourceRange } from '../protocol/diagnostic.js';

export function describePlace(file: string, range: SourceRange): string {
  if (file === '') return 'linker';
  return range.startLine > 0 ? `${file}:${range.startLine}:${range.startColumn}` : file;
}

export function describeFixIt({ range, replacement }: FixIt): string {
  const empty = range.startLine === range.endLine && range.startColumn === range.endColumn;
  const place = `at line ${range.startLine}`;
  if (empty) return `insert “${shorten(replacement)}” ${place}`;
  if (replacement === '') return `remove the marked text ${place}`;
  return `replace the marked text with “${shorten(replacement)}” ${place}`;
}

/** Such as `2 errors, 1 warning`. */
export function summarise(diagnostics: Diagnostic[]): string {
  const severities: Severity[] = ['error', 'warning', 'remark', 'note'];
  return severities
    .map((severity) => ({ severity, count: countOf(diagnostics, severity) }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}${count === 1 ? '' : 's'}`)
    .join(', ');
}

export function countOf(diagnostics: Diagnostic[], severity: Severity): number {
  return diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
