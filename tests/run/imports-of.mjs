import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const imported = /\b(?:from|import)\s*\(?\s*'(\.[^'?]+)/g;

/**
 * A module of the project and all that it imports, directly or indirectly.
 * @param {string} path
 * @param {Set<string>} met
 * @returns {Set<string>} full paths
 */
export function importsOf(path, met = new Set()) {
  if (met.has(path)) return met;
  met.add(path);
  for (const [, name = ''] of readFileSync(path, 'utf8').matchAll(imported)) {
    const source = sourceOf(join(dirname(path), name));
    if (source !== undefined) importsOf(source, met);
  }
  return met;
}

/**
 * Sources import .js, the name at run time; on disk the files are .ts.
 * @param {string} path
 */
function sourceOf(path) {
  return [path, path.replace(/\.js$/, '.ts')].find((candidate) => existsSync(candidate));
}
