import type { Diagnostic } from '../../protocol/diagnostic.js';
import type { PrintedDiagnostic } from './diagnostics.js';
import { offsetOf } from './source-offsets.js';
import { tokenize } from './tokens.js';

const NO_VALUE = /^non-void (?:function|lambda) does not return a value$/;

/**
 * An error for each function that returns a Coro and is no coroutine, with a fix where that is clear. clang only warns
 * of it, but a call of such a function ends the program.
 */
export function refuseMissingReturns(printed: PrintedDiagnostic[], files: Record<string, string>): PrintedDiagnostic[] {
  return printed.map((one) => {
    const diagnostic = refusedOf(one.diagnostic, files);
    if (diagnostic === undefined) return one;
    const [first = '', ...others] = one.lines;
    return { diagnostic, lines: [`${first.replace(/: (?:warning|error): .*/, '')}: error: ${diagnostic.message}`, ...others] };
  });
}

function refusedOf(diagnostic: Diagnostic, files: Record<string, string>): Diagnostic | undefined {
  const source = files[diagnostic.file];
  if (source === undefined || !NO_VALUE.test(diagnostic.message)) return undefined;
  const { startLine, startColumn } = diagnostic.range;
  const found = functionBefore(source, offsetOf(source, startLine, startColumn));
  if (found === undefined) return undefined;
  const { name, type, isVoid } = found;
  const range = { startLine, startColumn, endLine: startLine, endColumn: startColumn };
  const fixIts = isVoid ? [{ file: diagnostic.file, range, replacement: 'co_return; ' }] : [];
  const remedy = isVoid ? 'add co_return;' : 'add co_return with its value';
  const message = `${name} returns ${type} but has no co_await, co_return or co_yield, so it is not a coroutine: ${remedy}`;
  return { ...diagnostic, severity: 'error', message, fixIts };
}

interface CoroFunction {
  name: string;
  type: string;
  isVoid: boolean;
}

/** The function whose body closes at `end`, if it returns a Coro. */
function functionBefore(text: string, end: number): CoroFunction | undefined {
  const tokens = tokenize(text);
  let at = tokens.findIndex(({ offset }) => offset === end);
  for (let depth = 0; at >= 0; at -= 1) {
    const mark = tokens[at]?.text;
    if (mark === '}') depth += 1;
    if (mark === '{' && (depth -= 1) === 0) break;
  }
  const head: string[] = [];
  for (at -= 1; at >= 0 && !/^[;{}]$/.test(tokens[at]?.text ?? ''); at -= 1) head.unshift(tokens[at]?.text ?? '');
  const coro = head.lastIndexOf('Coro');
  if (coro < 0) return undefined;
  const type = head.slice(coro, endOfArguments(head, coro + 1)).join('');
  return { name: nameIn(head), type, isVoid: type === 'Coro<>' || type === 'Coro<void>' };
}

/** After the template arguments that begin at `from`. */
function endOfArguments(tokens: string[], from: number): number {
  let depth = 0;
  for (let at = from; at < tokens.length; at += 1) {
    for (const mark of tokens[at] ?? '') depth += mark === '<' ? 1 : mark === '>' ? -1 : 0;
    if (depth <= 0) return at + 1;
  }
  return tokens.length;
}

/** The name before the parameters; a lambda has none. */
function nameIn(head: string[]): string {
  const at = head.indexOf('(') - 1;
  const name = head[at] ?? '';
  return /^[A-Za-z_]\w*$/.test(name) && !head.slice(0, at).includes('[') ? name : 'this function';
}
