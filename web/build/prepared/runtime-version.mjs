import { readFileSync } from 'node:fs';
import { built } from '../compiler/paths.mjs';

/**
 * What the element and the modules compiled ahead of time know the runtime by: a module fits the headers, the flags and the
 * precompiled header that it was compiled with, and the main modules are made of the same ones.
 */
export function runtimeVersion() {
  return readFileSync(built.stamp, 'utf8').slice(0, 12);
}
