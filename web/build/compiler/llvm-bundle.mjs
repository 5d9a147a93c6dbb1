import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { untar } from '../../compile/worker/untar.mjs';

const folder = dirname(createRequire(import.meta.url).resolve('@yowasp/clang'));

/** Unexported parts of the bundle, which the page needs to load files in its own way. */
const INNER_PARTS = ['Environment', 'WriteStream', 'directoryFromTree', 'instantiate'];

const RESOURCES = /^include\/(?:__std|__float|std|float|inttypes|iso646|limits|tgmath|unwind|varargs|builtins|wasm_simd128)[^/]*\.h$/;

/** @type {[core: string, ...others: string[]]} */
export const wasmModules = ['llvm.core.wasm', 'llvm.core2.wasm', 'llvm.core3.wasm', 'llvm.core4.wasm'];

/** @param {string} name */
export function wasmModulePath(name) {
  return join(folder, name);
}

/** The bundle's text as a module that also exports its inner parts. */
export function openBundle() {
  const text = readFileSync(join(folder, 'bundle.js'), 'utf8');
  for (const part of INNER_PARTS) {
    const found = text.match(new RegExp(`^(?:var|function) ${part}\\b`, 'gm')) ?? [];
    if (found.length !== 1) {
      throw new Error(`this version of @yowasp/clang is not supported: its bundle does not define ${part} exactly once`);
    }
  }
  return `${text}\nexport { ${INNER_PARTS.join(', ')} };\n`;
}

/** The compiler's own headers, such as stddef.h, by file name. */
export function resourceHeaders() {
  const files = untar(readFileSync(join(folder, 'llvm-resources.tar')));
  /** @type {Map<string, Uint8Array>} */
  const headers = new Map();
  for (const [path, data] of files) {
    if (RESOURCES.test(path)) headers.set(path.slice('include/'.length), data);
  }
  return headers;
}
