import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes modules and the manifest with which pages find them into a folder; removes those of other programs.
 * @param {string} out
 * @param {Map<string, Uint8Array>} compiled by the keys of their programs
 * @param {{ manifestForm: number, runtime: string }} versions
 */
export function writePrepared(out, compiled, { manifestForm, runtime }) {
  mkdirSync(out, { recursive: true });
  /** @type {Record<string, string>} */
  const modules = {};
  for (const [key, module] of compiled) {
    // A browser that has cached the module for an older runtime must not use it for this one.
    modules[key] = `${key}-${runtime}.wasm`;
    writeWhole(join(out, modules[key]), module);
  }
  writeWhole(join(out, 'manifest.json'), `${JSON.stringify({ form: manifestForm, runtime, modules }, undefined, 1)}\n`);
  const wanted = new Set(Object.values(modules));
  for (const name of readdirSync(out)) {
    if (/^[\da-f]{32}(?:-threads)?-[\da-f]{12}\.wasm$/.test(name) && !wanted.has(name)) rmSync(join(out, name));
  }
}

/**
 * Writes atomically: the path never names a partial file.
 * @param {string} path
 * @param {string | Uint8Array} content
 */
function writeWhole(path, content) {
  writeFileSync(`${path}.new`, content);
  renameSync(`${path}.new`, path);
}
