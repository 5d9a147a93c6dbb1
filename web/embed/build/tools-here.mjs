import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { loadCompiler } from '../../compile/build/node-compiler.mjs';
import { built, root } from '../../compile/build/paths.mjs';
import { keptCompiler } from './kept-compiler.mjs';
import { mainModules, runtimeVersion } from './runtime-version.mjs';

const kept = join(root, 'build/programs');

/** Whether what compiles and runs snippets has been built. */
export function isBuilt() {
  return [...mainModules, built.stamp].every((path) => existsSync(path));
}

/**
 * What this repository prepares snippets with, out of its sources and what was built here.
 * @returns {Promise<import('./prepare.mjs').Tools>}
 */
export async function toolsHere() {
  const [text, key, prepared] = await Promise.all(['snippet-text.ts', 'text-key.ts', 'prepared.ts'].map(typescript));
  const runtime = runtimeVersion();
  return { ...text, ...key, manifestForm: prepared.manifestForm, runtime, loadCompiler: () => compilerThatKeeps(runtime) };
}

/** What another compiler or runtime has made is removed. */
async function compilerThatKeeps(runtime) {
  const version = createHash('sha256').update(readFileSync(built.stamp)).update(runtime).digest('hex').slice(0, 16);
  mkdirSync(kept, { recursive: true });
  for (const name of readdirSync(kept)) if (name !== version) rmSync(join(kept, name), { recursive: true });
  return keptCompiler(join(kept, version), version, loadCompiler);
}

async function typescript(name) {
  const { module } = await runnerImport(join(root, 'web/embed', name), { configFile: false, logLevel: 'warn' });
  return module;
}
