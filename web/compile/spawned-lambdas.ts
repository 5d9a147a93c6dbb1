import type { Diagnostic, FixIt, SourceRange } from '../protocol/diagnostic.js';
import { matching, type Token, tokenize } from './tokens.js';

const MESSAGE =
  'this lambda and its captures are gone when the task begins: ' +
  'give create_task() the lambda itself, not its call, and the task keeps it alive';

/**
 * Warns of `create_task([&]() -> Coro<> { … }())`. The lambda is a temporary: it ends with the statement, and the
 * coroutine it made refers to it from the next turn of the loop on. Clang has no warning for that which a library
 * could ask for.
 */
export function warnOfSpawnedLambdas(files: Record<string, string>): Diagnostic[] {
  return Object.entries(files).flatMap(([file, text]) => {
    const tokens = tokenize(text);
    return tokens.flatMap((token, index) => {
      const call = token.text === 'create_task' ? lambdaCall(tokens, index) : undefined;
      if (call === undefined || isAwaited(tokens, index)) return [];
      const range = rangeOf(text, call.lambda.offset, call.close.offset + 1);
      const warning: Diagnostic = {
        severity: 'warning',
        file,
        range,
        message: MESSAGE,
        code: 'asyncio-spawned-lambda',
        notes: [],
        fixIts: fixIts(file, text, call),
      };
      return [warning];
    });
  });
}

interface LambdaCall {
  lambda: Token;
  open: Token;
  close: Token;
  /** Whether the call is all that create_task() is given. */
  alone: boolean;
}

/** The call of a lambda with captures that is the first argument of the function at `index`. */
function lambdaCall(tokens: Token[], index: number): LambdaCall | undefined {
  const lambda = tokens[index + 2];
  if (tokens[index + 1]?.text !== '(' || lambda?.text !== '[') return undefined;
  const captures = matching(tokens, index + 2);
  if (captures === undefined || captures === index + 3) return undefined;
  const body = bodyOf(tokens, captures + 1);
  const end = body === undefined ? undefined : matching(tokens, body);
  if (end === undefined || tokens[end + 1]?.text !== '(') return undefined;
  const closing = matching(tokens, end + 1);
  const open = tokens[end + 1];
  const close = closing === undefined ? undefined : tokens[closing];
  if (open === undefined || close === undefined || closing === undefined) return undefined;
  return { lambda, open, close, alone: tokens[closing + 1]?.text === ')' };
}

/** The brace behind a lambda's parameters and its return type. */
function bodyOf(tokens: Token[], index: number): number | undefined {
  for (let at = index; at < tokens.length; at += 1) {
    const text = tokens[at]?.text;
    if (text === '{') return at;
    if (text === ')' || text === ']' || text === ';') return undefined;
    if (text === '(' || text === '[') at = matching(tokens, at) ?? tokens.length;
  }
  return undefined;
}

/** `co_await create_task(…)`: the statement lasts as long as the task. */
function isAwaited(tokens: Token[], index: number): boolean {
  let at = index - 1;
  while (/^(?:[:.>-]|(?!co_)\w+)$/.test(tokens[at]?.text ?? '')) at -= 1;
  return tokens[at]?.text === 'co_await';
}

/** Arguments of the call become those of create_task(). */
function fixIts(file: string, text: string, { open, close, alone }: LambdaCall): FixIt[] {
  const given = text.slice(open.offset + 1, close.offset).trim();
  if (given !== '' && !alone) return [];
  const replacement = given === '' ? '' : `, ${given}`;
  return [{ file, range: rangeOf(text, open.offset, close.offset + 1), replacement }];
}

function rangeOf(text: string, start: number, end: number): SourceRange {
  const place = (offset: number): { line: number; column: number } => {
    const before = text.slice(0, offset).split('\n');
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  };
  const [from, to] = [place(start), place(end)];
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}
