import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolchain } from '../../../emsdk-config/setup/toolchain.mjs';
import { root } from '../compiler/paths.mjs';
import { isStamped } from '../compiler/stamp.mjs';
import { publishFile, versionOf } from './published-later.mjs';

/** Libraries that the page's compiler links into the programs that include their headers. */
export const libraryNames = ['broker', 'logging', 'postgres', 'profile', 'sqlite', 'testing', 'web'];

const sources = [
  'runtime/include',
  'runtime/part.cmake',
  ...libraryNames.flatMap((name) => [`runtime/src/${name}`, `runtime/${name}.cmake`]),
  'CMakeLists.txt',
  'emsdk-config/flags.json',
];

/** @typedef {'wasm' | 'wasm-threads'} Preset of the main module that a library is for */

/** @type {Preset[]} */
const presets = ['wasm', 'wasm-threads'];

/** Their CMake targets. */
export const libraryTargets = libraryNames.map((name) => `asyncio_${name}`);

/** The name of their folder in a site. */
export function librariesFolder() {
  return `libraries-${librariesVersion().slice(0, 12)}`;
}

/** Their files in a site. */
export function libraryFiles() {
  return presets.flatMap((preset) => libraryNames.map((name) => `${librariesFolder()}/${libraryFile(name, preset)}`));
}

/** @param {Preset} preset */
export function areLibrariesBuilt(preset) {
  return isStamped(stampOf(preset), librariesVersion());
}

/**
 * Call this when they have been built.
 * @param {Preset} preset
 */
export function markLibrariesBuilt(preset) {
  writeFileSync(stampOf(preset), librariesVersion());
}

/**
 * Copies those that are built into a site.
 * @param {string} site
 */
export function publishLibraries(site) {
  for (const preset of presets.filter(areLibrariesBuilt)) {
    for (const name of libraryNames) publishFile(libraryPath(name, preset), join(site, librariesFolder(), libraryFile(name, preset)));
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
export function libraryFile(name, preset) {
  return preset === 'wasm' ? `${name}.a` : `${name}-threads.a`;
}

/** @param {Preset} preset */
function stampOf(preset) {
  return join(root, 'build', preset, 'libraries.stamp');
}

function librariesVersion() {
  return versionOf(sources, toolchain.sqlite.sha256);
}
