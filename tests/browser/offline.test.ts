import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { Playground, Site } from './harness.js';
import { oneVisit } from './one-visit.js';

const hello = '#include <print>\nint main() { std::println("hello"); }\n';
/** Needs more of the compiler than a first visit downloads. */
const rare = `#include <regex>
#include <print>
int main() { std::println("{}", std::regex_replace("a-b", std::regex("[a-c]"), "x")); }
`;

let site: Site;
let playground: Playground;
oneVisit((...opened) => {
  [playground, site] = opened;
}, { service: true });

const worker = (): string => readFileSync(new URL('../../dist/site-worker.js', import.meta.url), 'utf8');
const isKept = (): Promise<unknown> =>
  playground.page.waitForFunction(() => document.getElementById('offline')?.textContent === 'Works offline', {
    timeout: 60_000,
  });
const keptCaches = (): Promise<string[]> =>
  playground.page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('asyncio-site-')));
const problems = (): Promise<string> => playground.page.$eval('#problems', (shown) => shown.textContent);

test('the first visit caches the site', async () => {
  await isKept();
  expect(await keptCaches()).toHaveLength(1);
});

test('a newer version of the site is offered, and its files alone are cached after the reload', async () => {
  const [before] = await keptCaches();
  const main = /assets\/index-[\w-]+\.js/.exec(worker())?.[0] ?? '';
  expect(main).not.toBe('');
  // As if another version had been deployed, whose page has another script.
  const version = before?.replace('asyncio-site-', '') ?? '';
  site.replaced.set('site-worker.js', worker().replaceAll(version, 'another').replaceAll(main, 'licences.txt'));
  expect(await problems()).toBe('');
  const { page } = playground;
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await page.waitForFunction(() => document.getElementById('problems')?.textContent.includes('newer version'));
  expect(await keptCaches()).toEqual([before]);

  site.replaced.clear();
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await Promise.all([page.waitForNavigation(), page.click('.problem button')]);
  await playground.ready();
  await isKept();
  expect(await keptCaches()).toEqual([before]);
  expect(await problems()).toBe('');
});

test('without a network the page opens, compiles and runs', async () => {
  await site.stopServing();
  await playground.page.reload();
  await playground.ready();
  await playground.monaco();
  expect((await playground.run(hello)).stdout).toBe('hello\n');
});

test('without a network, a message says what was never downloaded', async () => {
  const { report } = await playground.run(rare, { optimisation: '2' });
  expect(report.outcome.type).toBe('failed');
  expect(await playground.consoleText()).toContain('check the network connection.');
  expect(await playground.text()).toBe(rare);
  playground.takeErrors();
});
