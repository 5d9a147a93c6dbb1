/** Writes build/api.json: the public declarations of the runtime's headers, for the editor and the guide. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publicDeclarations } from './declarations.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const include = join(root, 'runtime/include');

export const apiFile = join(root, 'build/api/api.json');

/** Does nothing if no header has changed. */
export function makeApi() {
  const headers = readdirSync(include, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.hpp')).sort();
  const hash = createHash('sha256').update(readFileSync(new URL('declarations.mjs', import.meta.url)));
  for (const header of headers) hash.update(readFileSync(join(include, header)));
  const stamp = `${apiFile}.stamp`;
  const wanted = hash.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;

  const declarations = publicDeclarations(
    dumpOf(['', '/broker', '/logging', '/postgres', '/profile', '/sqlite', '/testing', '/web'].map((part) => `#include <asyncio${part}.hpp>\n`).join('')),
    (path) => (isHeader(path) ? readFileSync(resolve(root, path), 'utf8') : undefined),
    (path) => relative(include, resolve(root, path)).split(sep).join('/'),
  );
  if (declarations.length === 0) throw new Error('clang found no declaration in the headers of the runtime');
  mkdirSync(dirname(apiFile), { recursive: true });
  writeFileSync(apiFile, JSON.stringify(declarations));
  writeFileSync(stamp, wanted);
}

/** @param {string} path */
function isHeader(path) {
  return !relative(include, resolve(root, path)).startsWith('..');
}

/**
 * Uses Emscripten's clang and libc++, which are installed for the runtime.
 * @param {string} source
 * @returns {import('./declarations.mjs').Node[]}
 */
function dumpOf(source) {
  const { root: emscripten } = JSON.parse(readFileSync(join(root, 'build/toolchain/emscripten.json'), 'utf8'));
  const options = [
    ...['-x', 'c++', '-std=c++23', '-fwasm-exceptions', '-fsyntax-only', '-I', include],
    ...['-isystem', join(root, 'build/toolchain/libraries/json')],
    ...['-Xclang', '-ast-dump=json', '-Xclang', '-ast-dump-filter=asyncio', '-'],
  ];
  const result = spawnSync(join(emscripten, 'em++'), options, { cwd: root, input: source, maxBuffer: 2 ** 30, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`clang could not read the headers of the runtime:\n${result.stderr}`);
  const output = result.stdout;
  // One JSON object for each block of the namespace, concatenated.
  return output
    .split(/(?<=^\})\n(?=\{)/m)
    .map((text) => JSON.parse(text))
    .filter(({ kind, name }) => kind === 'NamespaceDecl' && name === 'asyncio');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) makeApi();
