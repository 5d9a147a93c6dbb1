import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../emsdk-config/setup/toolchain.mjs';
import { filesBelow } from '../../emsdk-config/steps/files-below.mjs';

/**
 * A test that passed with the same inputs need not run again: a change of the page does not affect the C++ tests. A
 * record is written when all of a test has passed, and never if CI is set.
 */
const folder = join(root, 'build/test-reports/passed');

/**
 * @param {string} title
 * @param {string[]} inputs files and folders that the test is built from or uses
 * @returns {import('./tally.mjs').Tally | undefined} as it was
 */
export function passedBefore(title, inputs) {
  if (process.env['CI'] !== undefined) return undefined;
  try {
    const { fingerprint, tally } = JSON.parse(readFileSync(recordOf(title), 'utf8'));
    return fingerprint === fingerprintOf(inputs) ? tally : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} title
 * @param {string[]} inputs
 * @param {import('./tally.mjs').Tally} tally
 */
export function recordTally(title, inputs, tally) {
  rmSync(recordOf(title), { force: true });
  if (tally.failed > 0 || tally.problem !== undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(recordOf(title), JSON.stringify({ fingerprint: fingerprintOf(inputs), tally }));
}

/** @param {string} title */
function recordOf(title) {
  return join(folder, `${createHash('sha256').update(title).digest('hex').slice(0, 16)}.json`);
}

/** @param {string[]} inputs */
function fingerprintOf(inputs) {
  const hash = createHash('sha256').update(process.version).update(process.env['ASYNCIO_TESTS'] ?? '');
  for (const path of inputs.flatMap((name) => filesOf(join(root, name)))) hash.update(path.slice(root.length)).update(readFileSync(path));
  return hash.digest('hex');
}

/** @param {string} path */
function filesOf(path) {
  return statSync(path).isDirectory() ? filesBelow(path) : [path];
}
