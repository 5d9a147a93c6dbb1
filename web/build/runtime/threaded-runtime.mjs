import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { built, root } from '../compiler/paths.mjs';
import { isStamped } from '../compiler/stamp.mjs';
import { publishFile, versionOf } from './published-later.mjs';

/** The main module with threads: it takes as long to build as the other. */
const sources = [
  ...['runtime/include', 'runtime/src', 'web/program/main-module'],
  ...['runtime/CMakeLists.txt', 'web/program/CMakeLists.txt', 'CMakeLists.txt', 'emsdk-config/flags.json'],
];

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
  return isStamped(stamp, threadedVersion());
}

/** Call this when it has been built. */
export function markThreadedRuntimeBuilt() {
  writeFileSync(stamp, threadedVersion());
}

/**
 * Copies it into a site if it is built, the module last.
 * @param {string} site
 */
export function publishThreadedRuntime(site) {
  if (!isThreadedRuntimeBuilt()) return;
  for (const name of files) publishFile(join(folder, name), join(site, threadedFolder(), name));
}

function threadedVersion() {
  return versionOf(sources, readFileSync(built.stamp));
}
