// @ts-check
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * What the element and the modules compiled ahead of time know the runtime by: they fit the main module they were made for.
 * @param {string} mainModule
 */
export function runtimeVersion(mainModule) {
  return createHash('sha256').update(readFileSync(mainModule)).digest('hex').slice(0, 12);
}
