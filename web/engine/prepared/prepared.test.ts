import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Prepared } from './prepared.js';
import { programKey, textKey } from './text-key.js';

const manifestUrl = 'https://docs.example/snippets/manifest.json';
const text = 'int main() {}\n';

/** The files of a server by their names; a number is an answer without content. */
function prepared(files: Record<string, string | number>): { prepared: Prepared; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    prepared: new Prepared({
      runtime: 'abc',
      fetch(url) {
        const file = files[url.slice(url.lastIndexOf('/') + 1)];
        asked.push(url);
        if (file === undefined) return Promise.reject(new TypeError('Failed to fetch'));
        return Promise.resolve(typeof file === 'number' ? new Response(null, { status: file }) : new Response(file));
      },
    }),
  };
}
const manifest = (changes: object = {}): string =>
  JSON.stringify({ form: 1, runtime: 'abc', modules: { [textKey(text)]: 'one.wasm' }, ...changes });

test('a program that was compiled ahead of time is fetched, and the manifest once', async () => {
  const { prepared: site, asked } = prepared({ 'manifest.json': manifest(), 'one.wasm': 'code' });
  for (let time = 0; time < 2; time += 1) {
    expect(await site.find(manifestUrl, text)).toEqual({ type: 'module', module: new TextEncoder().encode('code') });
  }
  expect(asked).toEqual([manifestUrl, 'https://docs.example/snippets/one.wasm', 'https://docs.example/snippets/one.wasm']);
});

test('a program with real threads is another than that without', async () => {
  const modules = { [textKey(text)]: 'one.wasm', [programKey(text, true)]: 'threads.wasm' };
  const { prepared: site } = prepared({ 'manifest.json': manifest({ modules }), 'one.wasm': 'code', 'threads.wasm': 'threads' });
  expect(await site.find(manifestUrl, text, true)).toEqual({ type: 'module', module: new TextEncoder().encode('threads') });
});

describe('what cannot be used is told by a sentence', () => {
  test.each([
    [{ 'manifest.json': manifest({ runtime: 'old' }) }, 'it was compiled for version old of the runtime, and this is abc'],
    [{ 'manifest.json': manifest({ form: 2 }) }, 'the manifest has format 2, and this page reads format 1'],
    [{ 'manifest.json': manifest({ modules: {} }) }, 'the manifest does not list it'],
    [{ 'manifest.json': manifest({ modules: { a: 1 } }) }, 'the manifest is not valid'],
    [{ 'manifest.json': '<html>' }, 'the manifest is not JSON'],
    [{ 'manifest.json': 'null' }, 'the manifest has format undefined'],
    [{ 'manifest.json': 404 }, 'the server answered 404 for manifest.json'],
    [{ 'manifest.json': manifest() }, 'one.wasm could not be fetched'],
  ])('%j', async (files, why) => {
    expect(await prepared(files as Record<string, string | number>).prepared.find(manifestUrl, text)).toEqual({
      type: 'none',
      why: expect.stringContaining(why),
    });
  });

  test('and a manifest that could not be fetched is fetched again', async () => {
    const files: Record<string, string | number> = { 'manifest.json': 503, 'one.wasm': 'code' };
    const { prepared: site } = prepared(files);
    expect(await site.find(manifestUrl, text)).toMatchObject({ type: 'none' });
    files['manifest.json'] = manifest();
    expect(await site.find(manifestUrl, text)).toMatchObject({ type: 'module' });
  });
});

test('the keys of all examples differ, and so do those of texts that differ by a little', () => {
  const texts = readdirSync('examples').map((name) => readFileSync(`examples/${name}`, 'utf8'));
  for (let at = 0; at < 400; at += 1) texts.push(`int x = ${at};`, ' '.repeat(at), `${'a'.repeat(at)}b`);
  const different = new Set(texts);
  expect(new Set([...different].map(textKey)).size).toBe(different.size);
});
