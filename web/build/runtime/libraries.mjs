import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { filesBelow } from '../../../emsdk-config/steps/files-below.mjs';
import { toolchain } from '../../../emsdk-config/setup/toolchain.mjs';
import { root } from '../compiler/paths.mjs';

/**
 * Libraries that the page's compiler links into the programs that include their headers. Few need them, so they are built
 * last, and a page knows their location before they exist: a folder named by a hash of their sources.
 */

const sources = ['runtime/include', 'runtime/src/sqlite', 'runtime/src/web'];
const single = ['runtime/sqlite.cmake', 'runtime/web.cmake', 'CMakeLists.txt', 'emsdk-config/flags.json'];

/** @typedef {'wasm' | 'wasm-threads'} Preset of the main module that a library is for */

const names = ['sqlite', 'web'];
/** @type {Preset[]} */
const presets = ['wasm', 'wasm-threads'];

/** Their CMake targets. */
export const libraryTargets = names.map((name) => `asyncio_${name}`);

/** The name of their folder in a site. */
export function librariesFolder() {
  return `libraries-${librariesVersion().slice(0, 12)}`;
}

/** Their files in a site. */
export function libraryFiles() {
  return presets.flatMap((preset) => names.map((name) => `${librariesFolder()}/${fileOf(name, preset)}`));
}

/** @param {Preset} preset */
export function areLibrariesBuilt(preset) {
  return existsSync(stampOf(preset)) && readFileSync(stampOf(preset), 'utf8') === librariesVersion();
}

/**
 * Call this when they have been built.
 * @param {Preset} preset
 */
export function markLibrariesBuilt(preset) {
  writeFileSync(stampOf(preset), librariesVersion());
}

/**
 * Copies those for one main module into a site, never under their names while incomplete.
 * @param {string} site
 * @param {Preset} preset
 */
export function publishLibraries(site, preset) {
  const target = join(site, librariesFolder());
  mkdirSync(target, { recursive: true });
  for (const name of names) {
    const file = join(target, fileOf(name, preset));
    copyFileSync(libraryPath(name, preset), `${file}.new`);
    renameSync(`${file}.new`, file);
  }
}

/**
 * Where CMake puts it.
 * @param {string} name
 * @param {Preset} preset
 */
export function libraryPath(name, preset) {
  return join(root, 'build', preset, 'runtime', `libasyncio_${name}.a`);
}

/**
 * As web/compile/worker/libraries.ts names it.
 * @param {string} name
 * @param {Preset} preset
 */
function fileOf(name, preset) {
  return preset === 'wasm' ? `${name}.a` : `${name}-threads.a`;
}

/** @param {Preset} preset */
function stampOf(preset) {
  return join(root, 'build', preset, 'libraries.stamp');
}

function librariesVersion() {
  const emscripten = JSON.parse(readFileSync(join(root, 'build/toolchain/emscripten.json'), 'utf8'));
  const hash = createHash('sha256').update(emscripten.version).update(toolchain.sqlite.sha256);
  for (const path of [...sources.flatMap((name) => filesBelow(join(root, name))), ...single.map((name) => join(root, name))]) {
    hash.update(relative(root, path).split(sep).join('/')).update(readFileSync(path));
  }
  return hash.digest('hex');
}
