import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { Playground, Ran, Site } from './harness.js';
import { oneVisit } from './one-visit.js';
import { choose } from './menus.js';
import { onlyInTestAll, sampleOf } from './sample.js';

const example = (name: string): string => readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8');

const PROGRAM = `#include <asyncio.hpp>
#include <atomic>
#include <print>
#include <thread>
thread_local int mine = 1;
asyncio::Coro<> amain() {
    const auto here = std::this_thread::get_id();
    const auto there = co_await asyncio::to_thread([] { ++mine; return std::this_thread::get_id(); });
    std::println("{} {}", here == there ? "the same thread" : "another thread", mine);
}
int main() {
    std::atomic<int> sum = 0;
    try {
        std::jthread a([&] { sum += 1; });
        std::jthread b([&] { sum += 2; });
    } catch (const std::system_error& error) {
        std::println("{}", error.what());
    }
    std::println("{}", sum.load());
    asyncio::run(amain());
}
`;
const WITH_THREADS = '3\nanother thread 1\n';

let site: Site;
let playground: Playground;
oneVisit((...opened) => {
  [playground, site] = opened;
}, { service: true });

const isolated = (): Promise<boolean> => playground.page.evaluate(() => crossOriginIsolated);

async function flipSwitch(): Promise<void> {
  const { page } = playground;
  await page.waitForSelector('#threads:not([hidden]) input:not(:disabled)');
  await Promise.all([page.waitForNavigation(), choose(page, '#threads input')]);
  await playground.ready();
}

/** Names of the site's files that the page has requested since it was opened. */
const fetched = (): Promise<string> =>
  playground.page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name).join('\n'));

async function outputOf(source: string, ...options: Parameters<Playground['run']>[1][]): Promise<Ran> {
  const ran = await playground.run(source, ...options);
  expect(ran.report.outcome).toEqual({ type: 'complete', exitCode: 0 });
  return ran;
}

let mainModules: string[];

test('without the switch a page is not isolated, and its programs are told how to get threads', async () => {
  expect(await isolated()).toBe(false);
  const { stdout } = await outputOf(PROGRAM);
  expect(stdout).toMatch(/^this page has no threads.*"Real threads".*to_thread\(\).*\n0\nthe same thread 2\n$/);
  mainModules = (await fetched()).match(/[^/]+\/asyncio-main[^/]*\.wasm/g) ?? [];
  expect(mainModules).toHaveLength(1);
});

test('the switch gives programs real threads, with another main module instead of the first', async () => {
  await flipSwitch();
  expect(await isolated()).toBe(true);
  expect((await outputOf(PROGRAM)).stdout).toBe(WITH_THREADS);
  const now = (await fetched()).match(/[^/]+\/asyncio-main[^/]*\.wasm/g) ?? [];
  expect(now).toHaveLength(1);
  expect(now).not.toEqual(mainModules);
});

onlyInTestAll(() => {
  test('programs with threads can be optimised', async () => {
    expect((await outputOf(PROGRAM, { optimisation: '2' })).stdout).toBe(WITH_THREADS);
  });
});

test.each(sampleOf(['02-gather-with-semaphore', '05-timeouts', '50-parallel-requests', '57-echo-server', '29-work-in-threads'], 1))(
  'the example %s prints the same with threads',
  async (name) => {
    const { stdout, stderr } = await outputOf(example(`${name}.cpp`));
    expect(stdout).toBe(example(`${name}.out`));
    expect(stderr).not.toContain('page has no threads');
  },
);

onlyInTestAll(() => {
  test('the switch stays as it is when the page is opened again', async () => {
    await playground.page.goto(site.url);
    await playground.ready();
    expect(await isolated()).toBe(true);
  });
});

test('turned off, the page is as before', async () => {
  await flipSwitch();
  expect(await isolated()).toBe(false);
  expect((await outputOf(PROGRAM)).stdout).toContain('the same thread');
});
