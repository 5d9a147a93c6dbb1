import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative, sep } from 'node:path';
import { runnerImport } from 'vite';
import { loadCompiler } from '../../compile/build/node-compiler.mjs';
import { root } from '../../compile/build/paths.mjs';
import { snippetsInHtml, snippetsInMarkdown } from './find-snippets.mjs';
import { runtimeVersion } from './runtime-version.mjs';

const finders = { '.html': snippetsInHtml, '.htm': snippetsInHtml, '.md': snippetsInMarkdown };
const mainModule = join(root, 'build/wasm/web/program/asyncio-main.wasm');

/** As the element compiles it. */
const options = { optimisation: '0', warnings: 'all' };

/**
 * Compiles the snippets of all pages below a folder, and writes the modules and their manifest.
 * @param {string} folder
 * @param {string} out
 * @param {(text: string) => void} say what was wrong with a snippet
 * @returns {Promise<{ snippets: number, modules: number, bytes: number, failed: number }>}
 */
export async function prepareSnippets(folder, out, say) {
  const text = await typescript('snippet-text.ts');
  const { textKey } = await typescript('text-key.ts');
  const { manifestForm } = await typescript('prepared.ts');
  const programs = new Map();
  const found = pagesOf(folder, out).flatMap((page) => snippetsOf(page, folder));
  let failed = 0;
  for (const { place, source, problem } of found) {
    try {
      if (problem !== undefined) throw new text.SnippetError(`${problem}.`);
      const program = text.textOf(text.parseSnippet(source));
      programs.set(program, [...(programs.get(program) ?? []), place]);
    } catch (error) {
      if (!(error instanceof text.SnippetError)) throw error;
      failed += 1;
      say(`${place}: ${error.message}`);
    }
  }

  const compiler = programs.size === 0 ? undefined : await loadCompiler();
  const modules = {};
  let bytes = 0;
  mkdirSync(out, { recursive: true });
  for (const [program, places] of programs) {
    const outcome = compiler.compile({ 'main.cpp': program }, options);
    for (const line of messagesOf(outcome)) say(`${places[0]}: ${line}`);
    if (outcome.type !== 'compiled') {
      failed += places.length;
      continue;
    }
    const key = textKey(program);
    modules[key] = `${key}.wasm`;
    bytes += outcome.module.length;
    writeFileSync(join(out, modules[key]), outcome.module);
  }
  removeOthers(out, new Set(Object.values(modules)));
  const manifest = { form: manifestForm, runtime: runtimeVersion(mainModule), modules };
  writeFileSync(join(out, 'manifest.json'), `${JSON.stringify(manifest, undefined, 1)}\n`);
  return { snippets: found.length, modules: Object.keys(modules).length, bytes, failed };
}

/** Whether what compiles and runs them has been built. */
export function isBuilt() {
  return existsSync(mainModule) && existsSync(join(root, 'build/compiler/stamp'));
}

async function typescript(name) {
  const { module } = await runnerImport(join(root, 'web/embed', name), { configFile: false, logLevel: 'warn' });
  return module;
}

function pagesOf(folder, out) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && extname(entry.name) in finders)
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.split(sep).includes('node_modules') && !path.startsWith(out + sep))
    .sort();
}

function snippetsOf(page, folder) {
  return finders[extname(page)](readFileSync(page, 'utf8')).map(({ line, text, src, problem }) => {
    const place = `${relative(folder, page)}:${line}`;
    if (src === undefined) return { place, source: text, problem };
    if (/^(?:[a-z]+:)?\/\//i.test(src)) return { place, problem: `${src} is on another server, and only files of this folder are read` };
    const path = decodeURIComponent(src.replace(/[?#].*$/, ''));
    const file = path.startsWith('/') ? join(folder, path) : join(dirname(page), path);
    return existsSync(file) ? { place, source: readFileSync(file, 'utf8') } : { place, problem: `there is no file ${src}` };
  });
}

function messagesOf(outcome) {
  if (outcome.type === 'failed') return [outcome.message];
  return outcome.diagnostics.map(({ severity, file, range, message }) => `${file}:${range.startLine}:${range.startColumn}: ${severity}: ${message}`);
}

/** Modules of snippets that are not there any more. */
function removeOthers(out, names) {
  for (const name of readdirSync(out)) {
    if (/^[\da-f]{32}\.wasm$/.test(name) && !names.has(name)) rmSync(join(out, name));
  }
}
