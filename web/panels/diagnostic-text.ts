import { formatCount } from './format.js';
import { shorten } from '../protocol/shorten.js';
import { countOf, type Diagnostic, type FixIt, type Severity, type SourceRange } from '../protocol/diagnostic.js';

/** A program can give its files any name: #line. */
const longestName = 200;

export function describePlace(file: string, range: SourceRange): string {
  if (file === '') return 'linker';
  const name = shorten(file, longestName);
  return range.startLine > 0 ? `${name}:${range.startLine}:${range.startColumn}` : name;
}

export function describeFixIt({ range, replacement }: FixIt): string {
  const empty = range.startLine === range.endLine && range.startColumn === range.endColumn;
  const place = `at line ${range.startLine}`;
  if (empty) return `insert “${inLine(replacement)}” ${place}`;
  if (replacement === '') return `remove the marked text ${place}`;
  return `replace the marked text with “${inLine(replacement)}” ${place}`;
}

/** Such as `2 errors, 1 warning`. */
export function summarise(diagnostics: Diagnostic[]): string {
  const severities: Severity[] = ['error', 'warning', 'remark', 'note'];
  return severities
    .map((severity) => ({ severity, count: countOf(diagnostics, severity) }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${formatCount(count)} ${severity}${count === 1 ? '' : 's'}`)
    .join(', ');
}

function inLine(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
