import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { loadFastCompiler } from '../compiler/node-compiler.mjs';
import { built, root } from '../compiler/paths.mjs';
import { compileAhead } from './compile-ahead.mjs';
import { keptCompiler } from './kept-compiler.mjs';
import { runtimeVersion } from './runtime-version.mjs';

const kept = join(root, 'build/programs');
const mainModule = join(root, 'build/wasm/web/program/asyncio-main.wasm');

/** Whether the tools that compile and run snippets have been built. */
export function isBuilt() {
  return [mainModule, built.stamp].every((path) => existsSync(path));
}

/**
 * This repository's tools for preparing snippets, from its sources and builds.
 * @returns {Promise<Required<import('./prepare.mjs').Tools>>}
 */
export async function toolsHere() {
  const [text, key, prepared] = await Promise.all(['snippet-text.ts', 'text-key.ts', 'prepared.ts'].map(typescript));
  const runtime = runtimeVersion();
  return { ...text, ...key, manifestForm: prepared.manifestForm, runtime, loadCompiler: () => compilerThatKeeps(compilerVersion()), compileAhead };
}

/** The version of all inputs of a module besides its program. */
export function compilerVersion() {
  const hash = createHash('sha256');
  for (const path of [built.stamp, `${built.core}.stamp`]) hash.update(readFileSync(path));
  return hash.digest('hex').slice(0, 16);
}

/**
 * Removes the cache of other compiler versions.
 * @param {string} version
 */
async function compilerThatKeeps(version) {
  mkdirSync(kept, { recursive: true });
  for (const name of readdirSync(kept)) if (name !== version) rmSync(join(kept, name), { recursive: true });
  return keptCompiler(join(kept, version), version, loadFastCompiler);
}

/** @param {string} name */
async function typescript(name) {
  const { module } = await runnerImport(join(root, 'web/engine/prepared', name), { configFile: false, logLevel: 'warn' });
  return module;
}
