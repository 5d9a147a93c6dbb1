import type { Diagnostic, SourceRange } from '../protocol/diagnostic.js';
import { type CoroutineFunction, coroutineFunctions, openingOf, readSources, type Source } from './coroutine-functions.js';
import { parseDiagnostics } from './diagnostics.js';
import { matching, type Token } from './tokens.js';

const ATTRIBUTE = ' [[clang::lifetimebound]]';
/** Around a coroutine that is given to what keeps it. */
const [KEPT, KEPT_END] = ['::asyncio::detail::kept(', ')'];
const KEEPING = new Set([
  ...['create_task', 'ensure_future', 'gather', 'run_coroutine_threadsafe', 'shield', 'wait_for'],
  ...['emplace', 'emplace_back', 'emplace_front', 'push', 'push_back', 'push_front'],
]);
/** What clang's own words are about, once its parameters have the attribute. */
const DANGLING = /^-W(?:dangling(?:-\w+)*|return-stack-address)$/;

const GONE =
  'what this coroutine refers to is gone when it begins: pass by value, or co_await the coroutine in this expression';
const RETURNED =
  'what this coroutine refers to ends with this function, before it begins: pass by value, or co_await the coroutine here';

/** Waits in its expression for the end of the coroutine. */
const WAITING = new Set(['co_await', 'run', 'run_until_complete']);

/**
 * Asks clang for coroutines that are kept longer than what they were called with: `auto later = greet(std::string("x"))`.
 * clang can look for that in every coroutine (coro_lifetimebound) only where each function that merely gives a Coro
 * says so (coro_wrapper), or is an error. Here the parameters of the coroutines alone get the attribute that does the
 * same (lifetimebound), in a copy of the sources. `check` gives what clang prints of that copy without compiling it. It
 * is not asked where no call can be of the kind, so that most programs pay nothing.
 */
export function lifetimeWarnings(files: Record<string, string>, check: (marked: Record<string, string>) => string): Diagnostic[] {
  const sources = readSources(files);
  const functions = coroutineFunctions(sources);
  const all = [...functions.values()].flat();
  const calls = new Map(sources.map((source) => [source.file, doubtfulCalls(source, all, functions.get(source.file) ?? [])]));
  if (![...calls.values()].some(({ length }) => length > 0)) return [];
  const marked = new Map(
    sources.map((source) => [source.file, new MarkedSource(source, functions.get(source.file) ?? [], calls.get(source.file) ?? [])]),
  );
  const texts = Object.fromEntries([...marked].map(([file, { text }]) => [file, text]));
  return parseDiagnostics(check(texts), texts).diagnostics.flatMap((found) => marked.get(found.file)?.warningOf(found) ?? []);
}

/** A coroutine's call, from its first token to its last. */
interface Call {
  start: number;
  close: number;
}

/** The calls of coroutines with something that may be gone when they begin. */
function doubtfulCalls({ text, tokens }: Source, all: CoroutineFunction[], declared: CoroutineFunction[]): Call[] {
  const called = new Map<string, CoroutineFunction[]>();
  for (const each of all) if (each.name !== undefined) called.set(each.name, [...(called.get(each.name) ?? []), each]);
  const lists = new Set(declared.map(({ list }) => list));
  return tokens.flatMap(({ text: word }, at) => {
    const functions = called.get(word);
    const close = tokens[at + 1]?.text === '(' ? matching(tokens, at + 1) : undefined;
    if (functions === undefined || close === undefined || lists.has(at + 1)) return [];
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

/** Whether the call is an argument of what keeps it. */
function isKept(tokens: Token[], { start, close }: Call): boolean {
  if (!/^[,(]$/.test(tokens[start - 1]?.text ?? '') || !/^[,)]$/.test(tokens[close + 1]?.text ?? '')) return false;
  for (let at = start - 1; at >= 0; at -= 1) {
    const text = tokens[at]?.text ?? '';
    if (text === '(') return KEEPING.has(tokens[at - 1]?.text ?? '');
    if (/^[;{}[]$/.test(text)) return false;
    if (/^[)\]]$/.test(text)) at = openingOf(tokens, at);
  }
  return false;
}

interface CallStart {
  /** Where the whole of `a.b()->c::name(` begins. */
  index: number;
  /** Whether the object is what a call or an initialiser gives. */
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
      index = openingOf(tokens, index);
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

/** A source in which clang is told what its coroutines refer to, and the way back from its places. */
class MarkedSource {
  readonly text: string;
  readonly #source: Source;
  /** What is inserted, and at which offset of the source. */
  readonly #marks: { at: number; text: string }[];

  constructor(source: Source, functions: CoroutineFunction[], calls: Call[]) {
    const { tokens } = source;
    this.#source = source;
    const bound = functions.flatMap(({ parameters, object }) => [...parameters.map((each) => each?.nameEnd), object]);
    const kept = calls.filter((call) => isKept(tokens, call));
    this.#marks = [
      ...[...new Set(bound)].flatMap((at) => (at === undefined ? [] : [{ at, text: ATTRIBUTE }])),
      ...kept.map(({ start }) => ({ at: tokens[start]?.offset ?? 0, text: KEPT })),
      ...kept.map(({ close }) => ({ at: (tokens[close]?.offset ?? 0) + 1, text: KEPT_END })),
    ].sort((a, b) => a.at - b.at);
    const ends = [...this.#marks.map(({ at }) => at), source.text.length];
    this.text = ends.map((end, index) => source.text.slice(ends[index - 1] ?? 0, end) + (this.#marks[index]?.text ?? '')).join('');
  }

  warningOf({ code, range, message }: Diagnostic): Diagnostic[] {
    if (code === undefined || !DANGLING.test(code)) return [];
    const start = this.#original(range.startLine, range.startColumn);
    const returned = code === '-Wreturn-stack-address' && /return/.test(message);
    if (!returned && this.#isWaitedFor(start)) return [];
    const warning = { severity: 'warning' as const, file: this.#source.file, code: 'asyncio-gone-argument', notes: [], fixIts: [] };
    const end = this.#original(range.endLine, range.endColumn);
    return [{ ...warning, range: rangeOf(this.#source.text, start, end), message: returned ? RETURNED : GONE }];
  }

  /** The offset in the source of a place of the marked text. */
  #original(line: number, column: number): number {
    let offset = 0;
    for (let passed = 1; passed < line; passed += 1) offset = this.text.indexOf('\n', offset) + 1;
    offset += column - 1;
    for (const { at, text } of this.#marks) {
      if (at >= offset) break;
      offset -= Math.min(text.length, offset - at);
    }
    return offset;
  }

  /** Whether the expression at this offset lasts as long as the coroutine, for something in it waits for its end. */
  #isWaitedFor(offset: number): boolean {
    const { tokens } = this.#source;
    const found = tokens.findIndex((token) => token.offset > offset);
    for (let at = (found < 0 ? tokens.length : found) - 1; at >= 0; at -= 1) {
      const text = tokens[at]?.text ?? '';
      if (WAITING.has(text)) return true;
      if (/^[;{}]$/.test(text)) return false;
      if (/^[)\]]$/.test(text)) at = openingOf(tokens, at);
    }
    return false;
  }
}

function rangeOf(text: string, start: number, end: number): SourceRange {
  const place = (offset: number): [number, number] => {
    const before = text.slice(0, offset);
    return [before.split('\n').length, offset - before.lastIndexOf('\n')];
  };
  const [[startLine, startColumn], [endLine, endColumn]] = [place(start), place(end)];
  return { startLine, startColumn, endLine, endColumn };
}
