import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../steps/user-error.mjs';
import { folder, toolchain } from './toolchain.mjs';

/** @typedef {import('../steps/steps.mjs').Step} Step */

const link = join(folder, 'libraries/sqlite');
const stamp = join(link, `version-${toolchain.sqlite.version}`);

export function sqliteIsThere() {
  return existsSync(stamp);
}

/**
 * SQLite's amalgamation, one C file, from an npm package that carries it. Only that file and its header are unpacked;
 * nothing of the package is run.
 * @param {Step} step
 */
export async function unpackSqlite(step) {
  const { package: name, version, sha256 } = toolchain.sqlite;
  const work = join(folder, 'unpacking-sqlite');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  await step.tool('npm', ['pack', `${name}@${version}`, '--silent', '--pack-destination', work], { label: 'sqlite', cwd: work, advice: 'Is the npm registry reachable?' });
  const archive = join(work, `${name}-${version}.tgz`);
  checkSqlite(readFileSync(archive), sha256);
  const sources = ['sqlite3.c', 'sqlite3.h'].map((file) => `package/deps/sqlite3/${file}`);
  await step.tool('tar', ['-xzf', archive, ...sources], { label: 'sqlite', cwd: work, advice: 'Is there room on the disk?' });
  const unpacked = join(work, 'package/deps/sqlite3');
  mkdirSync(join(unpacked, `version-${version}`));
  mkdirSync(join(folder, 'libraries'), { recursive: true });
  rmSync(link, { recursive: true, force: true });
  renameSync(unpacked, link);
  rmSync(work, { recursive: true, force: true });
}

/**
 * @param {Uint8Array} archive
 * @param {string} wanted
 */
export function checkSqlite(archive, wanted) {
  const found = createHash('sha256').update(archive).digest('hex');
  if (found === wanted) return;
  throw new UserError(
    `The downloaded SQLite does not match the tested one: its SHA-256 is ${found}, not ${wanted}.\n` +
      'Run this again; if it stays so, do not trust the registry.',
  );
}
