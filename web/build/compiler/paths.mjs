import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');

/**
 * The files of a folder whose names match a pattern, without tests, in a fixed order.
 * @param {string} folder
 * @param {RegExp} pattern
 */
export function sourcesIn(folder, pattern) {
  return readdirSync(join(root, folder))
    .filter((name) => pattern.test(name) && !name.includes('.test.'))
    .sort()
    .map((name) => join(root, folder, name));
}

/**
 * The sources of the compiler, in the worker and for Node.
 * @param {RegExp} pattern
 */
export function compilerSources(pattern) {
  return ['web/compile/worker', 'web/compile/node'].flatMap((folder) => sourcesIn(folder, pattern));
}

export const siteFiles = { headers: 'headers.tar', precompiled: 'precompiled.pack' };

/** @typedef {ReturnType<typeof layoutOf>} Layout */

/**
 * The paths in a build folder.
 * @param {string} folder
 */
export function layoutOf(folder) {
  return {
    folder,
    /** What the page fetches: copied to the site unchanged. */
    site: join(folder, 'site'),
    /** The code of the precompiled header's definitions, linked into the main module. */
    precompiledCode: join(folder, 'pch-code.o'),
    /** The same for the main module with threads. */
    threadedCode: join(folder, 'pch-code-threads.o'),
    /** The compiler's TypeScript core for Node. */
    core: join(folder, 'node/compiler.mjs'),
    /** Fingerprint of all inputs; written last. */
    stamp: join(folder, 'stamp'),
  };
}

export const built = layoutOf(join(root, 'build/compiler'));

/** Paths in the compiler's file system, below /usr. */
export const inside = {
  sysroot: 'sysroot',
  clang: 'clang',
  assertionHandler: 'sysroot/include/c++/v1/__assertion_handler',
  asyncio: 'asyncio/include',
  precompiledSource: 'asyncio/precompiled.hpp',
  precompiledUses: 'asyncio/precompiled',
  precompiled: 'asyncio/precompiled.pch',
  /** As clang made it: trim-precompiled.mjs. Its code is made of it. */
  wholePrecompiled: 'asyncio/precompiled-whole.pch',
};
