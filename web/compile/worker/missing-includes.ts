import type { Diagnostic } from '../../protocol/diagnostic.js';
import { providedByAsyncio, standardHeaders } from './standard-names.js';
import { rangeOf } from './source-offsets.js';
import { type Token, tokenize } from './tokens.js';

const INCLUDE = /^[ \t]*#[ \t]*include[ \t]*<([^>\n]+)>/gm;

/**
 * Warns of names whose header the program does not include: here the precompiled header has it, elsewhere the program
 * may not compile. Once for each header, with a fix.
 */
export function warnOfMissingIncludes(files: Record<string, string>): Diagnostic[] {
  const included = new Set(Object.values(files).flatMap((text) => Array.from(text.matchAll(INCLUDE), ([, header = '']) => header)));
  // It may include anything.
  if ([...included].some((header) => !isKnown(header))) return [];
  const has = (header: string): boolean => included.has(header) || (included.has('asyncio.hpp') && providedByAsyncio.has(header));
  const warned = new Set<string>();
  return Object.entries(files).flatMap(([file, text]) => {
    const tokens = tokenize(text);
    return tokens.flatMap((token, index) => {
      const headers = headersOf(tokens, index);
      const [header] = headers;
      if (header === undefined || warned.has(header) || headers.some(has)) return [];
      warned.add(header);
      return [warningOf(file, text, token, header)];
    });
  });
}

/** A header of the standard library or of this one. */
function isKnown(header: string): boolean {
  return /^[a-z_]+$/.test(header) || header === 'asyncio.hpp' || header.startsWith('asyncio/') || /^[a-z]+\.h$/.test(header);
}

/** Which headers declare the name after a `std::`; none for a name that is in many. */
function headersOf(tokens: Token[], index: number): readonly string[] {
  const before = tokens.slice(Math.max(0, index - 3), index).map(({ text }) => text).join('');
  return before.endsWith('std::') ? (standardHeaders.get(tokens[index]?.text ?? '') ?? []) : [];
}

function warningOf(file: string, text: string, { offset, text: name }: Token, header: string): Diagnostic {
  const line = lineAfterIncludes(text);
  return {
    severity: 'warning',
    file,
    range: rangeOf(text, offset, offset + name.length),
    message: `std::${name} needs #include <${header}>: this page has it precompiled, other compilers may not find it`,
    code: 'asyncio-missing-include',
    notes: [],
    fixIts: [{ file, range: { startLine: line, startColumn: 1, endLine: line, endColumn: 1 }, replacement: `#include <${header}>\n` }],
  };
}

function lineAfterIncludes(text: string): number {
  const last = text.split('\n').findLastIndex((line) => /^[ \t]*#[ \t]*include\b/.test(line));
  return last + 2;
}
