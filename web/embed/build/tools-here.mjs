import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { loadCompiler } from '../../compile/build/node-compiler.mjs';
import { root } from '../../compile/build/paths.mjs';
import { runtimeVersion } from './runtime-version.mjs';

const mainModules = ['wasm', 'wasm-threads'].map((preset) => join(root, `build/${preset}/web/program/asyncio-main.wasm`));

/** Whether what compiles and runs snippets has been built. */
export function isBuilt() {
  return mainModules.every((path) => existsSync(path)) && existsSync(join(root, 'build/compiler/stamp'));
}

/**
 * What this repository prepares snippets with, out of its sources and what was built here.
 * @returns {Promise<import('./prepare.mjs').Tools>}
 */
export async function toolsHere() {
  const [text, key, prepared] = await Promise.all(['snippet-text.ts', 'text-key.ts', 'prepared.ts'].map(typescript));
  return { ...text, ...key, manifestForm: prepared.manifestForm, runtime: runtimeVersion(mainModules), loadCompiler };
}

async function typescript(name) {
  const { module } = await runnerImport(join(root, 'web/embed', name), { configFile: false, logLevel: 'warn' });
  return module;
}
