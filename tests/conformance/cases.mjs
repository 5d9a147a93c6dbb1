import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The generators of scenarios, with their options for oracle.mjs. */
export const generators = [
  { name: 'basic', args: [] },
  { name: 'extended', args: ['--extended'] },
  { name: 'early', args: ['--early'] },
];

/**
 * The file with a generator's cases of the seeds `first` to `last`. CPython's asyncio runs them once; the file is kept
 * until the generators change.
 * @param {(typeof generators)[number]} generator
 * @param {number} first
 * @param {number} last
 */
export async function makeCases(generator, first, last) {
  const hash = createHash('sha256');
  for (const name of ['oracle.mjs', 'scenario.py', 'extended_scenario.py', 'early_scenario.py'])
    hash.update(readFileSync(join(root, 'tests/conformance', name)));
  const version = hash.digest('hex').slice(0, 12);
  const path = join(root, `build/conformance/${generator.name}-${first}-${last}-${version}.jsonl`);
  if (existsSync(path)) return path;
  mkdirSync(dirname(path), { recursive: true });
  const part = `${path}.${process.pid}.part`;
  const file = openSync(part, 'w');
  const oracle = join(root, 'tests/conformance/oracle.mjs');
  const child = spawn(process.execPath, [oracle, ...generator.args, String(first), String(last)], {
    cwd: root,
    stdio: ['ignore', file, 'inherit'],
  });
  const code = await new Promise((resolvePromise, reject) => child.on('error', reject).on('close', resolvePromise));
  closeSync(file);
  if (code !== 0) throw new Error(`oracle.mjs ended with code ${code}: see above`);
  renameSync(part, path);
  return path;
}
