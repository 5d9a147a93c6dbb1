import type { Diagnostic, FixIt } from '../../protocol/diagnostic.js';
import { rangeOf } from './source-offsets.js';
import { matching, type Token, tokenize } from './tokens.js';
import { isWaitedFor } from './waited-for.js';

const SPAWNED =
  'this lambda and its captures are destroyed before the task starts: ' +
  'pass the lambda itself to create_task(), not its call, so that the task keeps it alive';
const CALLED =
  'this lambda and its captures are destroyed before its coroutine starts: ' +
  'make (this auto) its first parameter, so that the coroutine keeps them, or keep the lambda in a variable that lives as long';

/** Keywords that may be followed by a lambda but not by a subscript. */
const BEFORE_A_VALUE = new Set(['return', 'co_return', 'co_await', 'co_yield', 'else', 'do', 'case', 'throw']);

/**
 * Warns about coroutine lambdas that are called immediately, such as `auto later = [x]() -> Coro<> { … }();`. The lambda
 * is a temporary: it is destroyed with the statement, but its coroutine refers to it when it starts. Clang can check this
 * only if every function that returns a Coro is annotated.
 */
export function warnOfCalledLambdas(files: Record<string, string>): Diagnostic[] {
  return Object.entries(files).flatMap(([file, text]) => {
    const tokens = tokenize(text);
    return tokens.flatMap((_, index) => {
      const call = lambdaCall(tokens, index);
      return call === undefined || isWaitedFor(tokens, index) ? [] : [warningOf(file, text, tokens, index, call)];
    });
  });
}

function warningOf(file: string, text: string, tokens: Token[], index: number, call: LambdaCall): Diagnostic {
  const spawned = tokens[index - 1]?.text === '(' && tokens[index - 2]?.text === 'create_task';
  return {
    severity: 'warning',
    file,
    range: rangeOf(text, call.lambda.offset, call.close.offset + 1),
    message: spawned ? SPAWNED : CALLED,
    code: spawned ? 'asyncio-spawned-lambda' : 'asyncio-called-lambda',
    notes: [],
    fixIts: spawned ? withoutCall(file, text, call) : withThis(file, text, call),
  };
}

interface LambdaCall {
  lambda: Token;
  /** End of its captures. */
  captures: Token;
  /** The opening parenthesis of its parameters, and whether there are any; undefined where it has none. */
  parameters: { open: Token; any: boolean } | undefined;
  open: Token;
  close: Token;
  /** Whether the call is the only argument of the enclosing function call. */
  alone: boolean;
}

/** The call at `index` of a coroutine lambda whose captures do not outlive the call. */
function lambdaCall(tokens: Token[], index: number): LambdaCall | undefined {
  if (!isLambda(tokens, index)) return undefined;
  const captures = matching(tokens, index);
  if (captures === undefined || captures === index + 1) return undefined;
  const body = bodyOf(tokens, captures + 1);
  const end = body === undefined ? undefined : matching(tokens, body);
  if (body === undefined || end === undefined || tokens[end + 1]?.text !== '(') return undefined;
  if (!tokens.slice(body, end).some(({ text }) => /^co_(?:await|return|yield)$/.test(text))) return undefined;
  if (keepsItself(tokens, captures + 1)) return undefined;
  const closing = matching(tokens, end + 1);
  const [lambda, capturesEnd, open] = [tokens[index], tokens[captures], tokens[end + 1]];
  const close = closing === undefined ? undefined : tokens[closing];
  if (lambda === undefined || capturesEnd === undefined || open === undefined || close === undefined || closing === undefined) return undefined;
  const list = tokens[captures + 1];
  const parameters = list?.text === '(' ? { open: list, any: tokens[captures + 2]?.text !== ')' } : undefined;
  return { lambda, captures: capturesEnd, parameters, open, close, alone: tokens[closing + 1]?.text === ')' };
}

/** A bracket that is neither a subscript nor an attribute. */
function isLambda(tokens: Token[], index: number): boolean {
  if (tokens[index]?.text !== '[' || tokens[index + 1]?.text === '[') return false;
  const before = tokens[index - 1]?.text ?? ';';
  return !/^(?:\w+|[)\][])$/.test(before) || BEFORE_A_VALUE.has(before);
}

/** Whether its first parameter is the lambda itself, by value. */
function keepsItself(tokens: Token[], list: number): boolean {
  if (tokens[list]?.text !== '(' || tokens[list + 1]?.text !== 'this') return false;
  for (let at = list + 2; at < tokens.length; at += 1) {
    const text = tokens[at]?.text;
    if (text === '&') return false;
    if (text === ',' || text === ')') return true;
  }
  return false;
}

/** The brace after a lambda's parameters and return type. */
function bodyOf(tokens: Token[], index: number): number | undefined {
  for (let at = index; at < tokens.length; at += 1) {
    const text = tokens[at]?.text;
    if (text === '{') return at;
    if (text === ')' || text === ']' || text === ';') return undefined;
    if (text === '(' || text === '[') at = matching(tokens, at) ?? tokens.length;
  }
  return undefined;
}

/** Passes the lambda itself; arguments of the call become arguments of create_task(). */
function withoutCall(file: string, text: string, { open, close, alone }: LambdaCall): FixIt[] {
  const given = text.slice(open.offset + 1, close.offset).trim();
  if (given !== '' && !alone) return [];
  const replacement = given === '' ? '' : `, ${given}`;
  return [{ file, range: rangeOf(text, open.offset, close.offset + 1), replacement }];
}

/** Makes the lambda its own first parameter. */
function withThis(file: string, text: string, { captures, parameters }: LambdaCall): FixIt[] {
  const at = (parameters?.open ?? captures).offset + 1;
  const list = parameters?.any === true ? 'this auto, ' : 'this auto';
  return [{ file, range: rangeOf(text, at, at), replacement: parameters === undefined ? `(${list})` : list }];
}
