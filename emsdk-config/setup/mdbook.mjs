import { cpSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { onDebian } from './debian.mjs';
import { run, which } from './process.mjs';
import { SetupError, say } from './report.mjs';
import { downloadPackages } from './suite.mjs';

/** Debian 12 has no mdBook, and a later one needs a later libc: so it gets a small root of its own. */
export function provideMdbook({ mdbook }, folder) {
  if (which('mdbook') !== undefined || existsSync(binary(folder))) return;
  if (!onDebian()) throw new SetupError(`mdbook is not on PATH. Install mdBook ${mdbook.tested} and run this again.`);
  say(`downloading mdBook: the package of Debian ${mdbook.debianSuite}`);
  const work = join(folder, 'unpacking');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const fresh = join(work, 'files');
  for (const archive of downloadPackages(mdbook.debianSuite, mdbook.debianPackages, work)) run('dpkg', ['-x', archive, fresh], 'Is the disk full?');
  // As Debian's own installation has them.
  for (const name of ['lib', 'lib64']) if (!existsSync(join(fresh, name))) symlinkSync(`usr/${name}`, join(fresh, name));
  mkdirSync(join(fresh, 'tmp'));
  rmSync(rootOf(folder), { recursive: true, force: true });
  renameSync(fresh, rootOf(folder));
  rmSync(work, { recursive: true, force: true });
}

/** Builds the book of the folder `source` into the folder `out`. */
export function buildBook(folder, source, out) {
  const advice = 'See mdBook\'s message above.';
  if (!existsSync(binary(folder))) {
    run('mdbook', ['build', '--dest-dir', out, source], advice);
    return;
  }
  const root = rootOf(folder);
  const book = join(root, 'book');
  rmSync(book, { recursive: true, force: true });
  cpSync(source, book, { recursive: true });
  const change = process.getuid() === 0 ? ['chroot'] : ['unshare', '--map-root-user', 'chroot'];
  run(change[0], [...change.slice(1), root, '/usr/bin/mdbook', 'build', '/book'], advice);
  cpSync(join(book, 'book'), out, { recursive: true });
}

function rootOf(folder) {
  return join(folder, 'mdbook');
}

function binary(folder) {
  return join(rootOf(folder), 'usr/bin/mdbook');
}
