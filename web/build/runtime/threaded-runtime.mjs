import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { filesBelow } from '../../../emsdk-config/steps/files-below.mjs';
import { built, root } from '../compiler/paths.mjs';

/**
 * Few need the main module with threads, and it takes as long to build as the other. So a page knows its location before
 * it exists: a folder named by a hash of its sources.
 */

const sources = ['runtime/include', 'runtime/src', 'web/program/main-module'];
const single = ['runtime/CMakeLists.txt', 'web/program/CMakeLists.txt', 'CMakeLists.txt', 'emsdk-config/flags.json'];

const files = ['asyncio-main.js', 'asyncio-main.wasm'];
const folder = join(root, 'build/wasm-threads/web/program');
const stamp = join(root, 'build/wasm-threads/threaded-runtime.stamp');

/** The name of its folder in a site. */
export function threadedFolder() {
  return `threads-${threadedVersion().slice(0, 12)}`;
}

/** Its files in a site. */
export function threadedFiles() {
  return files.map((name) => `${threadedFolder()}/${name}`);
}

export function isThreadedRuntimeBuilt() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === threadedVersion();
}

/** Call this when it has been built. */
export function markThreadedRuntimeBuilt() {
  writeFileSync(stamp, threadedVersion());
}

/**
 * Copies it into a site, the module last, and never under its name while incomplete.
 * @param {string} site
 */
export function publishThreadedRuntime(site) {
  const target = join(site, threadedFolder());
  mkdirSync(target, { recursive: true });
  for (const name of files) {
    copyFileSync(join(folder, name), join(target, `${name}.new`));
    renameSync(join(target, `${name}.new`), join(target, name));
  }
}

function threadedVersion() {
  const emscripten = JSON.parse(readFileSync(join(root, 'build/toolchain/emscripten.json'), 'utf8'));
  const hash = createHash('sha256').update(readFileSync(built.stamp)).update(emscripten.version);
  for (const path of [...sources.flatMap((name) => filesBelow(join(root, name))), ...single.map((name) => join(root, name))]) {
    hash.update(relative(root, path).split(sep).join('/')).update(readFileSync(path));
  }
  return hash.digest('hex');
}
