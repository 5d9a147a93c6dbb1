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
    expect(await page.$$eval('#views [role=tab]', (tabs) => tabs.map((tab) => (tab as HTMLElement).tabIndex))).toEqual([-1, -1, 0, -1, -1, -1]);
    expect(await page.$$eval('#views [role=tab]', (tabs) => tabs.map((tab) => tab.ariaSelected))).toEqual(['false', 'false', 'true', 'false', 'false', 'false']);
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
    expect(boxes).toHaveLength(8);
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
