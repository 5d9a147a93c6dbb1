import { existsSync, readFileSync } from 'node:fs';
import { dirname, extname, join, relative, sep } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { filesBelow } from '../../../emsdk-config/steps/files-below.mjs';
import { snippetsInHtml, snippetsInMarkdown } from './find-snippets.mjs';
import { writePrepared } from './write-prepared.mjs';

/** @type {Record<string, (page: string) => import('./find-snippets.mjs').FoundSnippet[]>} */
const finders = { '.html': snippetsInHtml, '.htm': snippetsInHtml, '.md': snippetsInMarkdown };

/**
 * The default options of the element and the playground.
 * @type {import('../../protocol/compile.js').CompileOptions}
 */
export const options = { optimisation: '0', warnings: 'all' };

/** WebAssembly instances are not garbage-collected before the event-loop turn in which they were used has ended. */
export const memoryIsFree = nextTurn;

/**
 * The tools that snippets are prepared with: the element's own code, and the page's compiler.
 * @typedef {typeof import('../../engine/prepared/snippet-text.ts') & typeof import('../../engine/prepared/text-key.ts') & {
 *   manifestForm: number,
 *   runtime: string,
 *   loadCompiler: () => Promise<{ compile: import('./kept-compiler.mjs').MayCompileLater }>,
 *   compileAhead?: typeof import('./compile-ahead.mjs').compileAhead,
 * }} Tools
 */

/**
 * @typedef {object} Prepared
 * @property {number} snippets how many there are
 * @property {number} modules how many were compiled: those of the same text are one
 * @property {number} bytes of all modules
 * @property {number} failed how many snippets were not compiled
 *
 * `file` is the one in which it stands, below the folder.
 * @typedef {{ file: string, line: number, threads: boolean }} Place
 * @typedef {Place & { source: string, problem?: undefined }} Snippet
 * @typedef {Place & { problem: string }} WrongSnippet
 */

/**
 * Compiles the snippets of all pages below a folder, and writes the modules and their manifest. If one fails, nothing is
 * written.
 * @param {string} folder
 * @param {string} out
 * @param {(text: string) => void} say what was wrong with a snippet
 * @param {Tools} tools
 * @returns {Promise<Prepared>}
 */
export async function prepareSnippets(folder, out, say, tools) {
  const { textOf, parseSnippet, SnippetError, sourceLines, programKey } = tools;
  /** @type {Map<string, { program: string, threads: boolean, snippets: Snippet[] }>} */
  const programs = new Map();
  const found = pagesOf(folder, out).flatMap((page) => snippetsOf(page, folder));
  let failed = 0;
  for (const snippet of found) {
    try {
      if (snippet.problem !== undefined) throw new SnippetError(`${snippet.problem}.`);
      const program = textOf(parseSnippet(snippet.source));
      // Whether threads are available is known only in the page.
      for (const threads of snippet.threads ? [false, true] : [false]) {
        const key = programKey(program, threads);
        programs.set(key, { program, threads, snippets: [...(programs.get(key)?.snippets ?? []), snippet] });
      }
    } catch (error) {
      if (!(error instanceof SnippetError)) throw error;
      failed += 1;
      say(`${snippet.file}:${snippet.line}: error: ${error.message}`);
    }
  }

  const toCompile = [...programs.values()].map(({ program, threads }) => ({ files: { 'main.cpp': program }, options: { ...options, threads } }));
  await tools.compileAhead?.(toCompile);
  /** @type {Awaited<ReturnType<Tools['loadCompiler']>> | undefined} */
  let compiler;
  /** @type {Map<string, Uint8Array>} */
  const compiled = new Map();
  for (const [key, { program, threads, snippets }] of programs) {
    compiler ??= await tools.loadCompiler();
    const outcome = await compiler.compile({ 'main.cpp': program }, { ...options, threads });
    await memoryIsFree();
    // Its module would hold the library: such a program is compiled when it is run.
    if (outcome.type === 'needs-library') continue;
    if (outcome.type === 'compiled') compiled.set(key, outcome.module);
    // The text is the same with threads.
    if (threads && compiled.has(key) === compiled.has(programKey(program, false))) continue;
    for (const message of messagesOf(outcome, /** @type {Snippet} */ (snippets[0]), sourceLines)) say(message);
    if (outcome.type !== 'compiled') failed += snippets.length;
  }
  const bytes = [...compiled.values()].reduce((sum, { length }) => sum + length, 0);
  const counts = { snippets: found.length, modules: compiled.size, bytes, failed };
  if (failed > 0) return counts;

  writePrepared(out, compiled, tools);
  return counts;
}

/**
 * @param {string} folder
 * @param {string} out
 */
function pagesOf(folder, out) {
  return filesBelow(folder)
    .filter((path) => extname(path) in finders)
    .filter((path) => !path.split(sep).includes('node_modules') && !path.startsWith(out + sep));
}

/**
 * @param {string} page
 * @param {string} folder
 * @returns {(Snippet | WrongSnippet)[]}
 */
function snippetsOf(page, folder) {
  const snippetsIn = finders[extname(page)];
  if (snippetsIn === undefined) throw new Error(`${page} is neither HTML nor Markdown`);
  return snippetsIn(readFileSync(page, 'utf8')).map((found) => {
    const { line, threads } = found;
    const at = { file: relative(folder, page), line, threads };
    if (found.problem !== undefined) return { ...at, problem: found.problem };
    if (found.text !== undefined) return { ...at, line: found.textLine, source: found.text };
    const { src } = found;
    if (/^(?:[a-z]+:)?\/\//i.test(src)) return { ...at, problem: `${src} is on another server: only files in this folder can be read` };
    const path = decodeURIComponent(src.replace(/[?#].*$/, ''));
    const file = path.startsWith('/') ? join(folder, path) : join(dirname(page), path);
    if (!existsSync(file)) return { ...at, problem: `there is no file ${src}` };
    return { file: relative(folder, file), line: 1, threads, source: readFileSync(file, 'utf8') };
  });
}

/**
 * Clang's messages, with the lines of the page.
 * @param {import('./kept-compiler.mjs').CompileOutcome} outcome
 * @param {Snippet} snippet
 * @param {Tools['sourceLines']} sourceLines
 */
function messagesOf(outcome, { file: page, line: firstLine, source }, sourceLines) {
  if (outcome.type === 'incomplete' || outcome.type === 'needs-library') throw new Error('the compiler that prepares snippets is incomplete');
  if (outcome.type === 'failed') return [`${page}:${firstLine}: error: ${outcome.message}`];
  const lines = sourceLines(source);
  return outcome.diagnostics.map(({ severity, file, range, message }) => {
    const line = lines[range.startLine - 1];
    const place = file === 'main.cpp' && line !== undefined ? `${page}:${firstLine + line}` : `${page}:${firstLine}: ${file}:${range.startLine}`;
    return `${place}: ${severity}: ${message}`;
  });
}
