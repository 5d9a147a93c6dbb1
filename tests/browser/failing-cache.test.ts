import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { Site } from './harness.js';

let site: Site;

beforeAll(async () => {
  site = await Site.open();
});

afterAll(() => site.close());

const worker = readFileSync(new URL('../../dist/site-worker.js', import.meta.url), 'utf8');
/** Each of them fails on the first request for each cache. */
const failingOnce = `{
  const fail = (prototype, name, keyOf) => {
    const act = prototype[name];
    const failed = new Set();
    prototype[name] = function (...values) {
      const key = keyOf(values);
      if (failed.has(key)) return act.apply(this, values);
      failed.add(key);
      return Promise.reject(new Error('the disk failed'));
    };
  };
  fail(CacheStorage.prototype, 'open', ([name]) => name);
  fail(CacheStorage.prototype, 'match', () => '');
  fail(Cache.prototype, 'match', () => '');
  fail(Cache.prototype, 'put', () => '');
}
`;

test('a Cache Storage that fails once does not fail later requests', async () => {
  site.replaced.set('site-worker.js', failingOnce + worker);
  const playground = await site.visit(undefined, { service: true });
  await playground.ready();
  const { page } = playground;
  await page.waitForFunction(() => document.getElementById('offline')?.textContent !== '');
  expect(await page.$eval('#offline', (note) => note.textContent)).toContain('the disk failed');
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  // From here on all requests go through the worker.
  await page.reload();
  await playground.ready();
  const { stdout } = await playground.run('#include <cstdio>\nint main() { std::puts("through the worker"); }\n');
  expect(stdout).toBe('through the worker\n');
  await page.waitForFunction(() => document.getElementById('offline')?.textContent === 'Works offline');
  await playground.close();
});
