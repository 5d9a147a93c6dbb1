// @ts-check
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * What the element and the modules compiled ahead of time know the runtime by: they fit the main modules they were made for.
 * @param {string[]} mainModules
 */
export function runtimeVersion(mainModules) {
  const hash = createHash('sha256');
  for (const path of mainModules) hash.update(readFileSync(path));
  return hash.digest('hex').slice(0, 12);
}
