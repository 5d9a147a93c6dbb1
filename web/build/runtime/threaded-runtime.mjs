import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { filesBelow } from '../../../emsdk-config/steps/files-below.mjs';
import { built, root } from '../compiler/paths.mjs';

/**
 * The main module with threads is needed by few, and takes as long to build as the other. So a page knows where it will
 * lie before it is there: in a folder named by the sources it is made of.
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

/** The files that a site will have of it. */
export function threadedFiles() {
  return files.map((name) => `${threadedFolder()}/${name}`);
}

export function isThreadedRuntimeBuilt() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === threadedVersion();
}

/** To be called when it has been built. */
export function markThreadedRuntimeBuilt() {
  writeFileSync(stamp, threadedVersion());
}

/**
 * Puts it into a site; the module last, and never a part of it under its name.
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
