import type { Diagnostic, FixIt, Severity, SourceRange } from '../../protocol/diagnostic.js';
import { SourceColumns } from './source-columns.js';

/** Makes clang print what parseDiagnostics reads. */
export const DIAGNOSTIC_ARGUMENTS = ['-fdiagnostics-parseable-fixits', '-fdiagnostics-print-source-range-info'];

export interface CompilerReport {
  diagnostics: Diagnostic[];
  /** The compiler's output as a terminal would show it. */
  text: string;
}

/** A diagnostic and the lines that a terminal shows of it. */
export interface PrintedDiagnostic {
  diagnostic: Diagnostic;
  lines: string[];
}

export interface ParsedOutput {
  /** Lines before the first diagnostic. */
  head: string[];
  printed: PrintedDiagnostic[];
}

export function reportOf({ head, printed }: ParsedOutput): CompilerReport {
  return { diagnostics: printed.map(({ diagnostic }) => diagnostic), text: [...head, ...printed.flatMap(({ lines }) => lines)].join('\n') };
}

const LOCATED =
  /^(?<file>[^\s:][^:]*):(?<line>\d+):(?<column>\d+):(?<ranges>(?:\{\d+:\d+-\d+:\d+\})*:?) (?<severity>fatal error|error|warning|note|remark): (?<message>.*)$/;
const UNLOCATED = /^(?:[\w+.-]+: )?(?<severity>fatal error|error|warning|note|remark): (?<message>.*)$/;
const RANGE = /\{(\d+):(\d+)-(\d+):(\d+)\}/g;
const FIX_IT = /^fix-it:"(?<file>(?:[^"\\]|\\.)*)":\{(\d+):(\d+)-(\d+):(\d+)\}:"(?<text>(?:[^"\\]|\\.)*)"$/;
const FLAG = /^(?<message>.*) \[(?<flags>-[^\]]+)\]$/;
const SUMMARY = /^\d+ (?:warning|error)s?(?: and \d+ errors?)? generated\.$/;
const TOKEN = /^(?:[\p{L}_$][\p{L}\p{N}_$]*|\d[\w.']*|"(?:[^"\\]|\\.)*"|::|->|<<|>>|[<>=!+\-*/%&|^]=|&&|\|\||\S)/u;

const NOWHERE: SourceRange = { startLine: 0, startColumn: 0, endLine: 0, endColumn: 0 };

/** Parses clang's output. `sources` are the files whose columns are converted to UTF-16 code units. */
export function parseDiagnostics(output: string, sources: Record<string, string>): ParsedOutput {
  return new Parser(sources).parse(output);
}

/** A header that several units include is warned of once. */
export function withoutRepeats(diagnostics: Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(({ file, range, message }) => {
    const key = JSON.stringify([file, range, message]);
    return seen.size !== seen.add(key).size;
  });
}

class Parser {
  readonly #columns: SourceColumns;
  readonly #head: string[] = [];
  readonly #printed: PrintedDiagnostic[] = [];
  #fixIts: FixIt[] | undefined;

  constructor(sources: Record<string, string>) {
    this.#columns = new SourceColumns(sources);
  }

  parse(output: string): ParsedOutput {
    for (const line of output.split('\n')) this.#readLine(line);
    return { head: this.#head, printed: this.#printed };
  }

  #print(line: string): void {
    (this.#printed.at(-1)?.lines ?? this.#head).push(line);
  }

  #readLine(line: string): void {
    const fixIt = FIX_IT.exec(line);
    if (fixIt !== null) {
      this.#fixIts?.push(this.#fixIt(fixIt));
      return;
    }
    const located = LOCATED.exec(line)?.groups;
    if (located !== undefined) {
      const { ranges = '', message = '' } = located;
      const file = nameOf(located.file ?? '');
      const range = this.#range(file, Number(located.line), Number(located.column), ranges);
      this.#add(located.severity ?? '', file, range, message);
      this.#print(`${file}:${located.line}:${located.column}: ${located.severity}: ${message}`);
      return;
    }
    const unlocated = UNLOCATED.exec(line)?.groups;
    if (unlocated !== undefined && !SUMMARY.test(line)) {
      this.#add(unlocated.severity ?? '', '', NOWHERE, unlocated.message ?? '');
    }
    this.#print(line);
  }

  #add(kind: string, file: string, range: SourceRange, fullMessage: string): void {
    const { message = fullMessage, flags } = FLAG.exec(fullMessage)?.groups ?? {};
    const last = this.#printed.at(-1)?.diagnostic;
    if (kind === 'note' && last !== undefined) {
      last.notes.push({ file, range, message });
      // The fix-its of notes are mutually exclusive alternatives: they must not be applied together.
      this.#fixIts = undefined;
      return;
    }
    const diagnostic: Diagnostic = { severity: severityOf(kind), file, range, message, notes: [], fixIts: [] };
    if (flags !== undefined) diagnostic.code = flags.split(',').at(-1) ?? flags;
    this.#printed.push({ diagnostic, lines: [] });
    this.#fixIts = diagnostic.fixIts;
  }

  /** The range that clang underlines around the position, or else the token at the position. */
  #range(file: string, line: number, column: number, ranges: string): SourceRange {
    for (const [, ...numbers] of ranges.matchAll(RANGE)) {
      const [startLine = 0, startColumn = 0, endLine = 0, endColumn = 0] = numbers.map(Number);
      const startsBefore = startLine < line || (startLine === line && startColumn <= column);
      const endsAfter = endLine > line || (endLine === line && endColumn > column);
      if (startsBefore && endsAfter) return this.#utf16(file, startLine, startColumn, endLine, endColumn);
    }
    const start = this.#columns.utf16(file, line, column);
    const rest = this.#columns.line(file, line)?.slice(start - 1) ?? '';
    const length = TOKEN.exec(rest)?.[0].length ?? 1;
    return { startLine: line, startColumn: start, endLine: line, endColumn: start + length };
  }

  #utf16(file: string, startLine: number, startColumn: number, endLine: number, endColumn: number): SourceRange {
    return {
      startLine,
      startColumn: this.#columns.utf16(file, startLine, startColumn),
      endLine,
      endColumn: this.#columns.utf16(file, endLine, endColumn),
    };
  }

  #fixIt(match: RegExpExecArray): FixIt {
    const file = nameOf(unescape(match.groups?.file ?? ''));
    const [startLine = 0, startColumn = 0, endLine = 0, endColumn = 0] = match.slice(2, 6).map(Number);
    return {
      file,
      range: this.#utf16(file, startLine, startColumn, endLine, endColumn),
      replacement: unescape(match.groups?.text ?? ''),
    };
  }
}

function severityOf(kind: string): Severity {
  switch (kind) {
    case 'warning':
    case 'note':
    case 'remark':
      return kind;
    default:
      return 'error';
  }
}

/** The program's own headers are named relative to the including file's folder. */
function nameOf(file: string): string {
  return file.replace(/^\.\//, '');
}

/** Undoes LLVM's escapes; non-ASCII characters come as bytes in octal. */
function unescape(text: string): string {
  const bytes: number[] = [];
  for (const [part] of text.matchAll(/\\[0-7]{3}|\\[\s\S]|[^\\]/gu)) {
    if (/^\\[0-7]{3}$/.test(part)) bytes.push(parseInt(part.slice(1), 8));
    else bytes.push(...new TextEncoder().encode(part.startsWith('\\') ? plain(part.slice(1)) : part));
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}

function plain(escaped: string): string {
  return { n: '\n', t: '\t', r: '\r' }[escaped] ?? escaped;
}
