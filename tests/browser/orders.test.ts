import { describe, expect, test } from '@jest/globals';
import type { Playground } from './harness.js';
import { oneVisit } from './one-visit.js';
import { choose } from './menus.js';
import { onlyInTestAll } from './sample.js';

let playground: Playground;
oneVisit((visit) => {
  playground = visit;
});

const same = `#include <asyncio.hpp>
#include <print>
asyncio::Coro<int> square(int n) {
  co_await asyncio::sleep(1);
  co_return n * n;
}
asyncio::Coro<> amain() {
  const auto [a, b, c] = co_await asyncio::gather(square(1), square(2), square(3));
  std::println("{} {} {}", a, b, c);
}
int main() { asyncio::run(amain()); }
`;

const race = `#include <asyncio.hpp>
#include <print>
int balance = 100;
asyncio::Coro<> withdraw(int amount) {
  co_await asyncio::sleep(1);
  const int seen = balance;
  if (amount == 20) co_await asyncio::sleep(0);
  balance = seen - amount;
}
asyncio::Coro<> amain() {
  co_await asyncio::gather(withdraw(10), withdraw(20));
  std::println("{}", balance);
}
int main() { asyncio::run(amain()); }
`;

async function tryOrders(source: string): Promise<string> {
  const { page } = playground;
  await playground.setText(source);
  await choose(page, '#orders');
  await page.waitForFunction(() => document.querySelector('#run')?.getAttribute('data-phase') === 'idle', { timeout: 100_000 });
  return playground.consoleText();
}

describe('Try 200 orders', () => {
  onlyInTestAll(() => {
    test('of a program without a race all give the same output', async () => {
      const startedAt = performance.now();
      expect(await tryOrders(same)).toContain('200 orders: the same output and exit code in each');
      console.log(`200 orders: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
    }, 120_000);
  });

  test('of a program with a race show the first that differs, whose seed the next Run uses', async () => {
    const text = await tryOrders(race);
    const seed = Number(/Order (\d+) has a different result/.exec(text)?.[1]);
    expect(seed).toBeGreaterThan(0);
    const [, plain, other] = /own order:\n(\d+)\n[^]*Order \d+:\n(\d+)\n/.exec(text) ?? [];
    expect(plain).not.toBe(other);
    const chosen = await playground.page.evaluate(() => window.asyncioPlayground?.getProject().options);
    expect(chosen).toMatchObject({ clock: 'fast', seed });
    expect((await playground.run(race)).stdout).toBe(`${other}\n`);
  });

  test('are stopped by Stop', async () => {
    const { page } = playground;
    await playground.setText(same);
    await choose(page, '#orders');
    await page.waitForFunction(() => document.querySelector('#phase')?.textContent?.startsWith('Tried') === true);
    await page.click('#run');
    await playground.consoleShows('Stopped after');
  });
});

describe('a paused program', () => {
  test('is stepped by the buttons, turn by turn', async () => {
    const { page } = playground;
    await playground.setText(same);
    await page.evaluate(() => window.asyncioPlayground?.setPace('paused', null));
    await page.click('#run');
    await page.waitForSelector('#step:not([hidden])');
    await page.focus('#step');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('#pace-place')?.textContent === 'Held at 0.000 s');
    await page.click('#continue');
    await playground.consoleShows('1 4 9');
    await page.waitForSelector('#pace', { hidden: true });
    await page.evaluate(() => window.asyncioPlayground?.setPace('real', null));
  });
});
