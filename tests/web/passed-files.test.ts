import { afterEach, beforeEach, expect, test } from '@jest/globals';
import childProcess from 'node:child_process';
import fs, { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importsOf } from '../run/imports-of.mjs';
import { forgetPassed, recordPassed, type passedBefore } from '../run/passed-files.mjs';
import { watchReads } from '../run/watch-reads.mjs';

const folder = join(process.cwd(), 'build/tests/passed-files');
const at = (name: string): string => join(folder, name);
const testFile = at('a.test.ts');
const ci = process.env['CI'];

beforeEach(() => {
  delete process.env['CI'];
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(testFile, "import { b } from './b.js';\n");
  writeFileSync(at('b.ts'), "export { c } from './c.mjs';\n");
  writeFileSync(at('c.mjs'), 'export const c = 1;\n');
  writeFileSync(at('read.txt'), 'one');
});

afterEach(() => {
  forgetPassed(testFile);
  if (ci !== undefined) process.env['CI'] = ci;
});

/** Records a run that read one file; returns the answer that a later process, with empty caches, would get. */
async function laterRun(change: () => void): Promise<number | undefined> {
  const { seen, stop } = watchReads();
  fs.readFileSync(at('read.txt'));
  stop();
  expect(seen.paths).toContain(at('read.txt'));
  recordPassed(testFile, 3, seen, Date.now() + 60_000);
  change();
  const later = (await import(`../run/passed-files.mjs?${Math.random()}`)) as { passedBefore: typeof passedBefore };
  return later.passedBefore(testFile);
}

test('a test file that read the same need not run again', async () => {
  expect(await laterRun(() => undefined)).toBe(3);
});

test.each(['a.test.ts', 'b.ts', 'c.mjs', 'read.txt'])('another byte of %s, and it has to run', async (name) => {
  expect(await laterRun(() => writeFileSync(at(name), '// other'))).toBeUndefined();
});

test('a file that is gone, and it has to run', async () => {
  expect(await laterRun(() => rmSync(at('read.txt')))).toBeUndefined();
});

test('a CI runs everything', async () => {
  expect(await laterRun(() => (process.env['CI'] = 'true'))).toBeUndefined();
  delete process.env['CI'];
});

test('a file that it has written itself is not an input', async () => {
  const made = new Date(Date.now() + 120_000);
  utimesSync(at('read.txt'), made, made);
  expect(await laterRun(() => rmSync(at('read.txt')))).toBe(3);
});

test('imports are followed from .js to .ts, and each once', () => {
  expect([...importsOf(testFile)]).toEqual([testFile, at('b.ts'), at('c.mjs')]);
});

test('reads, listings, lookups and tools are recorded until it is stopped', () => {
  const first = watchReads();
  fs.existsSync(at('nothing'));
  fs.readdirSync(folder);
  first.stop();
  fs.existsSync(at('later'));
  expect([...first.seen.paths]).toEqual(expect.arrayContaining([at('nothing'), folder]));
  expect(first.seen.paths).not.toContain(at('later'));
  expect(first.seen.tools).toBe(false);
  const second = watchReads();
  childProcess.execFileSync(process.execPath, ['--version']);
  second.stop();
  expect(second.seen.tools).toBe(true);
});
