import { readFileSync } from 'node:fs';
import { built } from '../compiler/paths.mjs';

/**
 * Identifies the runtime for the element and precompiled modules: a module matches the headers, flags and precompiled
 * header that it was compiled with, and the main modules are built from the same ones.
 */
export function runtimeVersion() {
  return readFileSync(built.stamp, 'utf8').slice(0, 12);
}
