import { expect, test } from '@jest/globals';
import type { Playground } from './harness.js';
import { oneVisit } from './one-visit.js';

let playground: Playground;
oneVisit((opened) => {
  playground = opened;
});

const writing = `#include <asyncio.hpp>
asyncio::Coro<> amain() {
    co_await asyncio::files::makedirs("d", {.exist_ok = true});
    auto one = co_await asyncio::files::open("one.txt", "a");
    co_await one.write("12345");
    auto two = co_await asyncio::files::open("d/two.txt", "w");
}
int main() { asyncio::run(amain()); }
`;
const reading = `#include <cstdio>
int main() {
    std::FILE* file = std::fopen("one.txt", "r");
    char text[20] = "none";
    if (file) std::fgets(text, 20, file);
    std::puts(text);
}
`;

const listed = (): Promise<string[]> =>
  playground.page.$$eval('#file-list li', (items) => items.map((item) => (item as HTMLElement).innerText.replaceAll(/\s+/g, ' ')));
const listHas = (count: number): Promise<unknown> =>
  playground.page.waitForFunction((wanted) => document.querySelectorAll('#file-list li').length === wanted, {}, count);

test('the files of a snippet are there after a reload, are listed, and can be deleted', async () => {
  const { page } = playground;
  expect((await playground.run(writing)).report.outcome).toEqual({ type: 'complete', exitCode: 0 });
  await page.reload();
  await playground.ready();
  expect((await playground.run(reading)).stdout).toBe('12345\n');

  await page.click('#files-tab');
  await listHas(2);
  expect(await listed()).toEqual(['d/two.txt 0 B Download Delete', 'one.txt 5 B Download Delete']);
  await playground.run(writing);
  await page.waitForFunction(() => document.querySelector('#file-list')?.textContent?.includes('10 B'));
  await page.click('[aria-label="Delete one.txt"]');
  await listHas(1);
  expect((await playground.run(reading)).stdout).toBe('none\n');
});
