import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The full paths of all files below a folder, always in the same order: for fingerprints.
 * @param {string} folder
 */
export function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
