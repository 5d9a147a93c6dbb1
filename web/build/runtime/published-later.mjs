import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { filesBelow } from '../../../emsdk-config/steps/files-below.mjs';
import { root } from '../compiler/paths.mjs';

/**
 * Parts of the site that few need are built last. A page knows their location before they exist: a folder named by a
 * hash of their sources.
 */

/**
 * A hash of files, of all files of folders, of the version of Emscripten, and of `others`.
 * @param {string[]} paths below the root
 * @param {...(string | Uint8Array)} others
 */
export function versionOf(paths, ...others) {
  const emscripten = JSON.parse(readFileSync(join(root, 'build/toolchain/emscripten.json'), 'utf8'));
  const hash = createHash('sha256').update(emscripten.version);
  for (const other of others) hash.update(other);
  for (const path of paths.map((name) => join(root, name)).flatMap((path) => (statSync(path).isDirectory() ? filesBelow(path) : [path]))) {
    hash.update(relative(root, path).split(sep).join('/')).update(readFileSync(path));
  }
  return hash.digest('hex');
}

/**
 * Copies a file, which is never under its name while incomplete.
 * @param {string} from
 * @param {string} to
 */
export function publishFile(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, `${to}.new`);
  renameSync(`${to}.new`, to);
}
