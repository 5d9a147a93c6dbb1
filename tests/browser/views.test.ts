import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Playground } from './harness.js';
import { oneVisit } from './one-visit.js';

let playground: Playground;
oneVisit((opened) => {
  playground = opened;
});

beforeEach(() => playground.page.click('#console-tab'));

afterEach(() => {
  expect(playground.takeErrors()).toEqual([]);
});

const shown = (): Promise<string[]> =>
  playground.page.$$eval('[role=tabpanel]', (panels) =>
    panels.flatMap((panel) => (panel.checkVisibility() ? [panel.id] : [])),
  );
const focused = (): Promise<string> => playground.page.evaluate(() => document.activeElement?.id ?? '');

describe('the views of a run', () => {
  test('are tabs, of which a click opens one', async () => {
    expect(await shown()).toEqual(['console-view']);
    await playground.page.click('#timeline-tab');
    expect(await shown()).toEqual(['timeline-view']);
    await playground.page.click('#waits-tab');
    expect(await shown()).toEqual(['waits-view']);
  });

  test('are chosen by arrow keys, around the ends', async () => {
    const { page } = playground;
    await page.focus('#console-tab');
    await page.keyboard.press('ArrowLeft');
    expect([await shown(), await focused()]).toEqual([['files-view'], 'files-tab']);
    await page.keyboard.press('ArrowRight');
    expect([await shown(), await focused()]).toEqual([['console-view'], 'console-tab']);
    await page.keyboard.press('End');
    expect(await shown()).toEqual(['files-view']);
  });

  test('are one stop of the Tab key', async () => {
    const { page } = playground;
    await page.click('#timeline-tab');
    expect(await page.$$eval('#views [role=tab]', (tabs) => tabs.map((tab) => (tab as HTMLElement).tabIndex))).toEqual([-1, -1, 0, -1, -1, -1, -1]);
    expect(await page.$$eval('#views [role=tab]', (tabs) => tabs.map((tab) => tab.ariaSelected))).toEqual(['false', 'false', 'true', 'false', 'false', 'false', 'false']);
  });

  test('show what a program prints in the place of the problems, and stay as they are while it does not compile', async () => {
    const { page } = playground;
    await page.click('#problems-tab');
    await playground.run('int main() { return nothing; }\n');
    expect(await shown()).toEqual(['problems-view']);
    await playground.run('#include <cstdio>\nint main() { std::puts("printed"); }\n');
    expect(await shown()).toEqual(['console-view']);
    await page.click('#waits-tab');
    await playground.run('int main() {}\n');
    expect(await shown()).toEqual(['waits-view']);
  });

  test('leave the input line visible', async () => {
    const { page } = playground;
    await page.click('#timeline-tab');
    await playground.setText('#include <iostream>\nint main() { int a; std::cin >> a; std::cout << a * 2; }\n');
    await page.evaluate(() => window.asyncioPlayground?.setStdin(null));
    await page.click('#run');
    await page.waitForSelector('#input[data-awaited]', { visible: true });
    await page.keyboard.type('21\n');
    await playground.consoleShows('42');
  });

  test('show the newest output when the console is opened again', async () => {
    const { page } = playground;
    await page.click('#timeline-tab');
    await playground.run('#include <cstdio>\nint main() { for (int i = 0; i < 3000; ++i) std::printf("line %d\\n", i); }\n');
    await page.click('#console-tab');
    await page.waitForFunction(() => {
      const output = document.querySelector('#console');
      return output !== null && output.scrollTop > 0 && output.scrollHeight - output.scrollTop - output.clientHeight < 60;
    });
  });

  test('can be touched by a thumb on a phone', async () => {
    const { page } = playground;
    await page.setViewport({ width: 390, height: 800 });
    await page.click('#more-screen');
    const boxes = await page.$$eval('[role=tab]', (tabs) => tabs.flatMap((tab) => (tab.checkVisibility() ? [tab.getBoundingClientRect().toJSON() as DOMRect] : [])));
    expect(boxes).toHaveLength(9);
    for (const { width, height } of boxes) {
      expect(height).toBeGreaterThanOrEqual(44);
      expect(width).toBeGreaterThanOrEqual(44);
    }
    await page.setViewport({ width: 1280, height: 800 });
  });
});

test('the view that was open is open after a reload', async () => {
  const { page } = playground;
  await page.click('#timeline-tab');
  await page.reload();
  await playground.ready();
  expect(await shown()).toEqual(['timeline-view']);
});

describe('two views at once', () => {
  beforeEach(() => playground.page.click('#split-views'));

  afterEach(async () => {
    const { page } = playground;
    if (await page.$eval('#second-views', (bar) => bar.checkVisibility())) await page.click('#unsplit-views');
  });

  test('lie one below the other, each with tabs of its own', async () => {
    const { page } = playground;
    expect(await shown()).toEqual(['console-view', 'timeline-view']);
    await page.click('#second-files-tab');
    expect(await shown()).toEqual(['console-view', 'files-view']);
    await page.keyboard.press('ArrowLeft');
    expect([await shown(), await focused()]).toEqual([['console-view', 'stdin-view'], 'second-stdin-tab']);
    const [first, second] = await page.$$eval('#console-view, #stdin-view', (views) => views.map((view) => view.getBoundingClientRect().toJSON() as DOMRect));
    expect(second?.top).toBeGreaterThan(first?.bottom ?? 0);
    expect(Math.min(first?.height ?? 0, second?.height ?? 0)).toBeGreaterThan(150);
  });

  test('change places if one is chosen where the other is', async () => {
    const { page } = playground;
    await page.click('#timeline-tab');
    const tops = (): Promise<boolean> =>
      page.evaluate(() => {
        const top = (id: string): number => document.getElementById(id)?.getBoundingClientRect().top ?? 0;
        return top('timeline-view') < top('console-view');
      });
    expect([await shown(), await tops()]).toEqual([['console-view', 'timeline-view'], true]);
    await page.click('#second-timeline-tab');
    expect([await shown(), await tops()]).toEqual([['console-view', 'timeline-view'], false]);
  });

  test('are filled by one run, and count its problems in both groups', async () => {
    const { page } = playground;
    await playground.run('#include <asyncio.hpp>\nasyncio::Coro<> amain() { co_await asyncio::sleep(0); }\nint main() { asyncio::run(amain()); }\n');
    await page.waitForSelector('#timeline canvas', { visible: true });
    expect(await page.$eval('#record-offer', (offer) => offer.checkVisibility())).toBe(false);
    await playground.setText('int main() { return missing; }\n');
    await page.waitForFunction(() => document.querySelector('#second-problems-tab')?.textContent === 'Problems1');
  });

  test('are divided by a splitter, which pointer and keys move, and are there at the next visit', async () => {
    const { page } = playground;
    const line = async (): Promise<[left: number, top: number]> => {
      const { left, top } = await page.$eval('#views-splitter', (splitter) => splitter.getBoundingClientRect().toJSON() as DOMRect);
      return [left + 50, top];
    };
    const [left, usual] = await line();
    await page.mouse.move(left, usual);
    await page.mouse.down();
    await page.mouse.move(left + 10, usual + 90, { steps: 3 });
    await page.mouse.up();
    expect((await line())[1]).toBeCloseTo(usual + 90, -1);
    await page.focus('#views-splitter');
    await page.keyboard.press('ArrowUp');
    const [, moved] = await line();
    expect(moved).toBeLessThan(usual + 89);
    await page.evaluate(() => sessionStorage.clear());
    await page.reload();
    await playground.ready();
    expect(await shown()).toEqual(['console-view', 'timeline-view']);
    expect((await line())[1]).toBeCloseTo(moved, 0);
    await page.mouse.click(left, moved, { count: 2 });
    expect((await line())[1]).toBeCloseTo(usual, 0);
  });

  test('are one in a narrow window, and two again in a wide one', async () => {
    const { page } = playground;
    await page.setViewport({ width: 700, height: 800 });
    await page.waitForFunction(() => document.querySelector('#second-views')?.checkVisibility() === false);
    expect(await shown()).toEqual(['console-view']);
    expect(await page.$eval('#split-views', (button) => button.checkVisibility())).toBe(false);
    await page.setViewport({ width: 1280, height: 800 });
    await page.waitForSelector('#second-views', { visible: true });
    expect(await shown()).toEqual(['console-view', 'timeline-view']);
  });

  test('are one again by the button that closes the second, which leaves the focus at the other button', async () => {
    await playground.page.click('#unsplit-views');
    expect([await shown(), await focused()]).toEqual([['console-view'], 'split-views']);
    expect(await playground.page.$$eval('#views [role=tab], .second-views [role=tab]', (tabs) => tabs.length)).toBe(7);
  });
});

test('a deadlock is marked at the waits until they are opened', async () => {
  const { page } = playground;
  const isMarked = (): Promise<boolean> => page.$eval('.deadlock-mark', (mark) => mark.checkVisibility());
  expect(await isMarked()).toBe(false);
  await playground.run('#include <asyncio.hpp>\nasyncio::Coro<> amain() { asyncio::Event never; co_await never.wait(); }\nint main() { asyncio::run(amain()); }\n');
  await page.waitForSelector('.deadlock-mark', { visible: true });
  await page.click('#waits-tab');
  expect(await isMarked()).toBe(false);
});
