import type { Diagnostic } from '../../protocol/diagnostic.js';
import { readSources, type Source } from './coroutine-functions.js';
import { parseDiagnostics } from './diagnostics.js';
import { type Call, doubtfulCalls, isKept } from './doubtful-calls.js';
import { offsetOf, rangeOf } from './source-offsets.js';
import { isWaitedFor } from './waited-for.js';

const ATTRIBUTE = ' [[clang::lifetimebound]]';
/** Wraps a coroutine that is passed to a function that keeps it. */
const [KEPT, KEPT_END] = ['::asyncio::detail::kept(', ')'];
/** The clang warnings that concern this, once the parameters have the attribute. */
const DANGLING = /^-W(?:dangling(?:-\w+)*|return-stack-address)$/;

const GONE =
  'an object that this coroutine refers to is destroyed before it starts: pass it by value, or co_await the coroutine in this expression';
const RETURNED =
  'an object that this coroutine refers to is destroyed when this function returns, before the coroutine starts: pass it by value, or co_await the coroutine here';

/**
 * Asks clang for coroutines that outlive their arguments: `auto later = greet(std::string("x"))`. clang can check every
 * coroutine (coro_lifetimebound) only where each plain function that returns a Coro is annotated (coro_wrapper),
 * otherwise that is an error. Here only the coroutines' parameters get the equivalent attribute (lifetimebound), in a
 * copy of the sources. `check` returns what clang prints for that copy without compiling it. It is skipped where no call
 * can be affected, so most programs pay nothing.
 */
export function lifetimeWarnings(files: Record<string, string>, check: (marked: Record<string, string>) => string): Diagnostic[] {
  const sources = readSources(files);
  const all = sources.flatMap(({ functions }) => functions);
  const calls = sources.map((source) => doubtfulCalls(source, all));
  if (calls.every(({ length }) => length === 0)) return [];
  const marked = new Map(sources.map((source, index) => [source.file, new MarkedSource(source, calls[index] ?? [])]));
  const texts = Object.fromEntries([...marked].map(([file, { text }]) => [file, text]));
  return parseDiagnostics(check(texts), texts).printed.flatMap(({ diagnostic }) => marked.get(diagnostic.file)?.warningOf(diagnostic) ?? []);
}

/** A source annotated for clang's lifetime check, and the mapping back to the original positions. */
class MarkedSource {
  readonly text: string;
  readonly #source: Source;
  /** What is inserted, and at which offset of the source. */
  readonly #marks: { at: number; text: string }[];

  constructor(source: Source, calls: Call[]) {
    const { tokens, functions } = source;
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

  /** The offset in the original source of a position in the marked text. */
  #original(line: number, column: number): number {
    let offset = offsetOf(this.text, line, column);
    for (const { at, text } of this.#marks) {
      if (at >= offset) break;
      offset -= Math.min(text.length, offset - at);
    }
    return offset;
  }

  #isWaitedFor(offset: number): boolean {
    const { tokens } = this.#source;
    const next = tokens.findIndex((token) => token.offset > offset);
    return isWaitedFor(tokens, next < 0 ? tokens.length : next);
  }
}
