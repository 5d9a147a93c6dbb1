import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { precompress } from './precompress.mjs';

let folder: string;
const site = (...path: string[]): string => join(folder, 'site', ...path);
const cache = (): string => join(folder, 'cache');
const text = 'the same words again and again. '.repeat(200);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'precompress-'));
  await mkdir(site('assets'), { recursive: true });
  await writeFile(site('assets', 'a.js'), text);
  await writeFile(site('tiny.txt'), 'tiny');
});

afterEach(() => rm(folder, { recursive: true }));

test('a file gets a brotli and a gzip twin with its content', async () => {
  await precompress(join(folder, 'site'), cache(), { quick: true });
  expect(brotliDecompressSync(await readFile(site('assets', 'a.js.br'))).toString()).toBe(text);
  expect(gunzipSync(await readFile(site('assets', 'a.js.gz'))).toString()).toBe(text);
});

test('a tiny file gets none', async () => {
  await precompress(join(folder, 'site'), cache(), { quick: true });
  expect(await readdir(site())).toEqual(['assets', 'tiny.txt']);
});

test('what is in the cache is not packed again', async () => {
  await precompress(join(folder, 'site'), cache(), { quick: false });
  const [name] = (await readdir(cache())).filter((it) => it.endsWith('.br'));
  await writeFile(join(cache(), String(name)), 'from the cache');
  await precompress(join(folder, 'site'), cache(), { quick: true });
  expect(await readFile(site('assets', 'a.js.br'), 'utf8')).toBe('from the cache');
});

test('a changed file is packed anew', async () => {
  await precompress(join(folder, 'site'), cache(), { quick: true });
  await writeFile(site('assets', 'a.js'), `${text}!`);
  await precompress(join(folder, 'site'), cache(), { quick: true });
  expect(gunzipSync(await readFile(site('assets', 'a.js.gz'))).toString()).toBe(`${text}!`);
});
