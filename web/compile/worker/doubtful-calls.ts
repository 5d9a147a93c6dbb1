import type { CoroutineFunction, Source } from './coroutine-functions.js';
import { matching, opening, type Token } from './tokens.js';
import { WAITING } from './waited-for.js';

/** Functions that keep a coroutine beyond the full expression. */
const KEEPING = new Set([
  ...['create_task', 'ensure_future', 'gather', 'run_coroutine_threadsafe', 'shield', 'wait_for'],
  ...['emplace', 'emplace_back', 'emplace_front', 'push', 'push_back', 'push_front'],
]);

/** A coroutine's call, from its first token to its last. */
export interface Call {
  start: number;
  close: number;
}

/** The coroutine calls with an argument that may be destroyed before the coroutine starts. */
export function doubtfulCalls({ text, tokens, functions: declared }: Source, all: CoroutineFunction[]): Call[] {
  const called = new Map<string, CoroutineFunction[]>();
  for (const each of all) if (each.name !== undefined) called.set(each.name, [...(called.get(each.name) ?? []), each]);
  const lists = new Set(declared.map(({ list }) => list));
  return tokens.flatMap(({ text: word }, at) => {
    const functions = called.get(word);
    if (functions === undefined || tokens[at + 1]?.text !== '(' || lists.has(at + 1)) return [];
    const close = matching(tokens, at + 1);
    if (close === undefined) return [];
    const { index: start, temporary } = startOfCall(tokens, at);
    const before = tokens[start - 1]?.text ?? '';
    if (before === 'co_await' || (before === '(' && WAITING.has(tokens[start - 2]?.text ?? ''))) return [];
    const given = argumentCount(text, tokens, at + 1);
    const doubtful = functions.some(({ parameters, object }) => {
      if (before === 'return' && parameters.some((each) => each !== undefined && each.binds !== 'nothing')) return true;
      if (object !== undefined && temporary) return true;
      return parameters.some((each, index) => each?.binds === 'anything' && (index < given || each.hasDefault));
    });
    return doubtful ? [{ start, close }] : [];
  });
}

/** Whether the call is an argument of a function that keeps it, or initialises a variable: `Coro<> later{greet("a")}`. */
export function isKept(tokens: Token[], { start, close }: Call): boolean {
  if (tokens[start - 1]?.text === '{' && tokens[close + 1]?.text === '}') return isVariable(tokens, tokens[start - 2]?.text === '=' ? start - 3 : start - 2);
  if (!/^[,(]$/.test(tokens[start - 1]?.text ?? '') || !/^[,)]$/.test(tokens[close + 1]?.text ?? '')) return false;
  for (let at = start - 1; at >= 0; at -= 1) {
    const text = tokens[at]?.text ?? '';
    if (text === '(') return KEEPING.has(tokens[at - 1]?.text ?? '');
    if (/^[;{}[]$/.test(text)) return false;
    if (/^[)\]]$/.test(text)) at = opening(tokens, at);
  }
  return false;
}

/** Whether the token is the name of a variable being declared: a type precedes it. */
function isVariable(tokens: Token[], name: number): boolean {
  const type = tokens[name - 1]?.text ?? '';
  return /^\w+$/.test(tokens[name]?.text ?? '') && /^(?:>|\w+)$/.test(type) && !/^(?:return|co_\w+|struct|class)$/.test(type);
}

interface CallStart {
  /** Index of the start of the whole `a.b()->c::name(`. */
  index: number;
  /** Whether the object is the result of a call or an initialiser. */
  temporary: boolean;
}

function startOfCall(tokens: Token[], name: number): CallStart {
  let index = name;
  let temporary = false;
  for (;;) {
    const [mark, before] = [tokens[index - 1]?.text, tokens[index - 2]?.text];
    const width = mark === '.' ? 1 : (mark === '>' && before === '-') || (mark === ':' && before === ':') ? 2 : 0;
    if (width === 0) return { index, temporary };
    index -= width;
    if (!/^[\w)\]}]/.test(tokens[index - 1]?.text ?? '')) return { index, temporary };
    index -= 1;
    while (/^[)\]}]$/.test(tokens[index]?.text ?? '')) {
      if (tokens[index]?.text !== ']') temporary = true;
      index = opening(tokens, index);
      if (/^\w+$/.test(tokens[index - 1]?.text ?? '')) index -= 1;
    }
  }
}

function argumentCount(text: string, tokens: Token[], open: number): number {
  const close = matching(tokens, open) ?? tokens.length - 1;
  const between = text.slice((tokens[open]?.offset ?? 0) + 1, tokens[close]?.offset);
  if (between.trim() === '') return 0;
  let commas = 0;
  for (let at = open + 1; at < close; at += 1) {
    if (tokens[at]?.text === ',') commas += 1;
    else if (/^[([{]$/.test(tokens[at]?.text ?? '')) at = matching(tokens, at) ?? at;
  }
  return commas + 1;
}
