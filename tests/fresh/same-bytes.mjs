/**
 * Builds these sources again, from scratch in another folder, and compares the result with dist/, byte by byte:
 * anyone who builds a version gets the same files as its authors.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { root } from '../../emsdk-config/setup/toolchain.mjs';
import { filesBelow } from '../../emsdk-config/steps/files-below.mjs';

const other = mkdtempSync(join(tmpdir(), 'asyncio-same-bytes-'));
try {
  const sources = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
  for (const name of sources.split('\0').filter((it) => it !== '')) {
    mkdirSync(dirname(join(other, name)), { recursive: true });
    cpSync(join(root, name), join(other, name));
  }
  for (const folder of [root, other]) execFileSync(process.execPath, ['tools/build.mjs', '--quick'], { cwd: folder, stdio: 'inherit' });

  const [here, there] = [root, other].map((folder) => digests(join(folder, 'dist')));
  const names = new Set([...(here?.keys() ?? []), ...(there?.keys() ?? [])]);
  const different = [...names].filter((name) => here?.get(name) !== there?.get(name)).sort();
  for (const name of different) console.log(`differs: ${name}`);
  console.log(`${names.size - different.length} passed, ${different.length} failed`);
  process.exitCode = different.length > 0 || names.size === 0 ? 1 : 0;
} finally {
  rmSync(other, { recursive: true, force: true });
}

/** @param {string} folder */
function digests(folder) {
  return new Map(
    filesBelow(folder)
      // Compressed files may have been made with a higher compression level here.
      .filter((path) => !/\.(?:br|gz)$/.test(path))
      .map((path) => [relative(folder, path), createHash('sha256').update(readFileSync(path)).digest('hex')]),
  );
}
