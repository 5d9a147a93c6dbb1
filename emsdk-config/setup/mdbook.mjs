import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { which } from './process.mjs';
import { folder, toolchain } from './toolchain.mjs';

/**
 * Debian 12 has no mdBook, and that of a later suite needs a later libc: so it gets a small root file system of its
 * own.
 */
const root = join(folder, 'mdbook');
const binary = join(root, 'usr/bin/mdbook');

/** The packages that are still to be unpacked. */
export function mdbookPackages() {
  if (which('mdbook') !== undefined || existsSync(binary)) return [];
  return [{ target: root, pinned: toolchain.pinned.mdbook, companions: toolchain.companions.mdbook }];
}

/** Turns the unpacked packages into a root file system in which programs can run. */
export function configureMdbook() {
  if (!existsSync(binary)) return;
  // The same links as in a Debian installation.
  for (const name of ['lib', 'lib64']) if (!existsSync(join(root, name))) symlinkSync(`usr/${name}`, join(root, name));
  mkdirSync(join(root, 'tmp'), { recursive: true });
}

/**
 * Builds the book of the folder `source` into the folder `out`.
 * @param {string} source
 * @param {string} out
 */
export function buildBook(source, out) {
  /** @param {string[]} words */
  const run = ([command = '', ...args]) => execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (!existsSync(binary)) {
    run(['mdbook', 'build', '--dest-dir', out, source]);
    return;
  }
  const book = join(root, 'book');
  rmSync(book, { recursive: true, force: true });
  cpSync(source, book, { recursive: true });
  const change = process.getuid?.() === 0 ? ['chroot'] : ['unshare', '--map-root-user', 'chroot'];
  run([...change, root, '/usr/bin/mdbook', 'build', '/book']);
  cpSync(join(book, 'book'), out, { recursive: true });
}
