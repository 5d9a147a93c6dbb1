import type { Diagnostic } from '../../protocol/diagnostic.js';
import { offsetOf } from './source-offsets.js';
import { tokenize } from './tokens.js';

const NO_VALUE = /^non-void (?:function|lambda) does not return a value$/;
const NO_COROUTINE = 'this function gives a Coro but is no coroutine: it needs a co_return, a co_await or a co_yield';

/** Explains a missing return in a function that returns a Coro, with a fix where that is clear. */
export function explainMissingReturns(diagnostics: Diagnostic[], files: Record<string, string>): Diagnostic[] {
  return diagnostics.map((diagnostic) => {
    const text = files[diagnostic.file];
    if (text === undefined || !NO_VALUE.test(diagnostic.message)) return diagnostic;
    const end = offsetOf(text, diagnostic.range.startLine, diagnostic.range.startColumn);
    const result = resultBefore(text, end);
    if (result === undefined) return diagnostic;
    const { startLine, startColumn } = diagnostic.range;
    const range = { startLine, startColumn, endLine: startLine, endColumn: startColumn };
    const fixIts = result === 'nothing' ? [{ file: diagnostic.file, range, replacement: 'co_return; ' }] : [];
    return { ...diagnostic, message: NO_COROUTINE, fixIts };
  });
}

/** Whether the function whose body closes at `end` returns a Coro of nothing, or of a value. */
function resultBefore(text: string, end: number): 'nothing' | 'value' | undefined {
  const tokens = tokenize(text);
  let at = tokens.findIndex(({ offset }) => offset === end);
  for (let depth = 0; at >= 0; at -= 1) {
    const mark = tokens[at]?.text;
    if (mark === '}') depth += 1;
    if (mark === '{' && (depth -= 1) === 0) break;
  }
  for (at -= 1; at >= 0 && !/^[;{}]$/.test(tokens[at]?.text ?? ''); at -= 1) {
    if (tokens[at]?.text !== 'Coro') continue;
    const rest = tokens.slice(at + 1, at + 4).map(({ text: mark }) => mark).join('');
    return rest.startsWith('<>') || rest === '<void>' ? 'nothing' : 'value';
  }
  return undefined;
}
