import { LlvmCrash } from './llvm.js';
import { matching, type Token, tokenize } from './tokens.js';

/**
 * LLVM fails with this assertion on code that it cannot compile for WebAssembly: a coroutine with a loop whose catch
 * block is a second entry into the loop (llvm-project issue 208409).
 */
const ASSERTION = /Explicit branch to an EH pad/;

/** Whether the compiler hit that bug; without the assertion it generates an invalid module. */
export function isLoopBug(error: unknown): boolean {
  return error instanceof WebAssembly.CompileError || (error instanceof LlvmCrash && ASSERTION.test(error.output));
}

/** The programs in the form in which LLVM compiles them without optimisation. */
export function compilable(files: Record<string, string>): Record<string, string> {
  return awaitsInTryInLoop(files) ? (withResumePoints(files) ?? files) : files;
}

/**
 * The same programs with a resume point before each try block that awaits: another entry into the surrounding loop, which
 * LLVM can compile. Other lines and columns are unchanged. Undefined if there is no such block.
 */
export function withResumePoints(files: Record<string, string>): Record<string, string> | undefined {
  const changed = Object.entries(files).map(([path, text]) => [path, addResumePoints(text)] as const);
  return changed.some(([path, text]) => text !== files[path]) ? Object.fromEntries(changed) : undefined;
}

/** Whether a program may hit that bug: it has a try block that awaits inside a loop. */
export function awaitsInTryInLoop(files: Record<string, string>): boolean {
  return Object.values(files).some((text) => {
    const tokens = tokenize(text);
    const inLoop = loopBodies(tokens);
    return tokens.some((_, index) => inLoop[index] === true && endOfAwaitingTry(tokens, index) !== undefined);
  });
}

/** For each token, whether it is in the body of a loop, either a block or a single statement. */
function loopBodies(tokens: Token[]): boolean[] {
  const inLoop = tokens.map(() => false);
  tokens.forEach(({ text }, index) => {
    const condition = text === 'for' || text === 'while' ? matching(tokens, index + 1) : undefined;
    const body = text === 'do' ? index + 1 : (condition ?? -1) + 1;
    if (body === 0) return;
    const end = tokens[body]?.text === '{' ? matching(tokens, body) : endOfStatement(tokens, body);
    inLoop.fill(true, body, (end ?? tokens.length) + 1);
  });
  return inLoop;
}

/** End of a statement that is not a block: its semicolon, or the last brace of `if (…) { … }` and `try { … } catch …`. */
function endOfStatement(tokens: Token[], start: number): number | undefined {
  for (let at = start; at < tokens.length; at += 1) {
    const text = tokens[at]?.text ?? '';
    if (text === ';') return at;
    if (text === '(' || text === '[' || text === '{') {
      at = matching(tokens, at) ?? tokens.length;
      if (text === '{' && !['catch', 'else', ';', '.', ')', ','].includes(tokens[at + 1]?.text ?? '')) return at;
    }
  }
  return undefined;
}

export function addResumePoints(text: string): string {
  const tokens = tokenize(text);
  const insertions = tokens.flatMap((_, index) => {
    const end = endOfAwaitingTry(tokens, index);
    const start = tokens[index];
    if (end === undefined || start === undefined) return [];
    return [
      { at: start.offset, text: '{ co_await ::asyncio::detail::ResumePoint();' },
      { at: end.offset + 1, text: '}' },
    ];
  });
  insertions.sort((a, b) => a.at - b.at);
  let result = '';
  let copied = 0;
  for (const { at, text: inserted } of insertions) {
    result += text.slice(copied, at) + inserted + resumeLine(text, at);
    copied = at;
  }
  return result + text.slice(copied);
}

/** The last brace of the try block at `index` and its handlers, if it is one that directly awaits. */
function endOfAwaitingTry(tokens: Token[], index: number): Token | undefined {
  if (tokens[index]?.text !== 'try' || tokens[index + 1]?.text !== '{' || isFunctionBody(tokens, index)) return undefined;
  const bodyEnd = matching(tokens, index + 1);
  if (bodyEnd === undefined || !awaits(tokens, index + 2, bodyEnd)) return undefined;
  let end = bodyEnd;
  while (tokens[end + 1]?.text === 'catch') {
    const handled = matching(tokens, end + 2);
    const handlerEnd = handled === undefined ? undefined : matching(tokens, handled + 1);
    if (handlerEnd === undefined) return undefined;
    end = handlerEnd;
  }
  return end === bodyEnd ? undefined : tokens[end];
}

/** `f() try { … }`, other than `if (…) try { … }`. */
function isFunctionBody(tokens: Token[], index: number): boolean {
  if (tokens[index - 1]?.text !== ')') return false;
  for (let at = index - 1, depth = 0; at >= 0; at -= 1) {
    if (tokens[at]?.text === ')') depth += 1;
    if (tokens[at]?.text === '(') depth -= 1;
    if (depth === 0) return !['if', 'for', 'while', 'switch', 'constexpr'].includes(tokens[at - 1]?.text ?? '');
  }
  return true;
}

function awaits(tokens: Token[], from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const text = tokens[at]?.text;
    if (text === 'co_await' || text === 'co_yield') return true;
    if (text === '[') at = endOfLambda(tokens, at) ?? at;
  }
  return false;
}

/** End of the lambda that begins at `index`; undefined for a subscript or an attribute. */
function endOfLambda(tokens: Token[], index: number): number | undefined {
  const before = tokens[index - 1]?.text ?? '';
  if (/^[\w)\]]/.test(before) && !['return', 'co_return', 'co_await', 'co_yield'].includes(before)) return undefined;
  const captured = matching(tokens, index);
  if (captured === undefined) return undefined;
  for (let at = captured + 1; at < tokens.length; at += 1) {
    const text = tokens[at]?.text;
    if (text === '{') return matching(tokens, at);
    if (text === '(') at = matching(tokens, at) ?? at;
    if (text === ';' || text === '}' || text === ')' || text === ']') return undefined;
  }
  return undefined;
}

/** Restores the original line and column for what follows. */
function resumeLine(text: string, at: number): string {
  const before = text.slice(0, at).split('\n');
  const column = before.at(-1)?.replace(/[^\t]/g, ' ') ?? '';
  return `\n#line ${before.length}\n${column}`;
}
