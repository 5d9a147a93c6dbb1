// @ts-check
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The file with the conformance cases of the seeds `first` to `last`. CPython's asyncio runs over them
 * once; the file is kept.
 * @param {number} first
 * @param {number} last
 */
export function makeCases(first, last) {
  const path = join(root, `build/conformance/cases-${first}-${last}.jsonl`);
  if (existsSync(path)) return path;
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(`${path}.part`, 'w');
  const { status } = spawnSync(process.execPath, [join(root, 'tests/conformance/oracle.mjs'), String(first), String(last)], {
    cwd: root,
    stdio: ['ignore', file, 'inherit'],
  });
  closeSync(file);
  if (status !== 0) throw new Error('oracle.mjs failed: see above');
  renameSync(`${path}.part`, path);
  return path;
}
