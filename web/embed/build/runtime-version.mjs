// @ts-check
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../compile/build/paths.mjs';

/** Without threads, and with them. */
export const mainModules = ['wasm', 'wasm-threads'].map((preset) => join(root, `build/${preset}/web/program/asyncio-main.wasm`));

/**
 * What the element and the modules compiled ahead of time know the runtime by: they fit the main modules they were made for.
 */
export function runtimeVersion() {
  const hash = createHash('sha256');
  for (const path of mainModules) hash.update(readFileSync(path));
  return hash.digest('hex').slice(0, 12);
}
