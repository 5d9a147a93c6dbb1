import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');

/** What the page fetches: copied to the site as it is. */
export const siteFolder = join(root, 'build/compiler/site');

export const siteFiles = { headers: 'headers.tar', precompiled: 'precompiled.pack' };

/** The code of what the precompiled header defines, linked into the main module. */
export const precompiledCode = join(root, 'build/compiler/pch-code.o');

export const compilerCore = join(root, 'build/compiler/node/compiler.mjs');

/** Where things are in the compiler's file system, below /usr. */
export const inside = {
  sysroot: 'sysroot',
  clang: 'clang',
  assertionHandler: 'sysroot/include/c++/v1/__assertion_handler',
  asyncio: 'asyncio/include',
  precompiledSource: 'asyncio/precompiled.hpp',
  precompiledUses: 'asyncio/precompiled',
  precompiled: 'asyncio/precompiled.pch',
};
