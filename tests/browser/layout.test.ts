import { expect, test } from '@jest/globals';
import type { Page } from 'puppeteer-core';
import type { Playground } from './harness.js';
import { oneVisit } from './one-visit.js';
import { openView, screens } from './screens.js';
import { setTextSize } from './text-size.js';
import { sampleOf } from './sample.js';

let playground: Playground;
let page: Page;

declare global {
  interface Window {
    moved: { what: string; pixels: number }[];
  }
}

oneVisit(
  (visited) => {
    playground = visited;
    page = visited.page;
  },
  {
    prepare: (opened) =>
      opened.evaluateOnNewDocument(() => {
        window.moved = [];
        new PerformanceObserver((list) => {
          for (const { sources } of list.getEntries() as unknown as { sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[] }[]) {
            for (const { node, previousRect: from, currentRect: to } of sources) {
              const element = node instanceof Element ? node : node?.parentElement;
              // What is shown in the panels changes; the panels themselves must not move. The header's end is filled from the right.
              if (element == null || element.matches('.toolbar-end') || element.closest('.editor-monaco, #console, #diagnostics') !== null) continue;
              window.moved.push({ what: element.id || element.className.toString() || element.tagName, pixels: Math.max(Math.abs(to.left - from.left), Math.abs(to.top - from.top)) });
            }
          }
        }).observe({ type: 'layout-shift', buffered: true });
      }),
  },
);

const rows = ['.toolbar', '.toolbar-end', '.console-tools', '.status-bar', '#views', '.screens'];
const heights: Record<string, number> = { '.toolbar': 48, '.status-bar': 24 };

interface Faults {
  row: string;
  height: number;
  overlaps: string[];
  outside: string[];
}

/** What lies on each other, or out of its row. */
const faultsOf = (row: string): Promise<Faults> =>
  page.$eval(
    row,
    (root, row) => {
      const nameOf = (element: Element): string => element.id || element.className.toString() || element.tagName;
      // Words for screen readers alone.
      const isClipped = (element: Element): boolean => {
        for (let at: Element | null = element; at !== null; at = at.parentElement) if (getComputedStyle(at).clipPath !== 'none') return true;
        return false;
      };
      // What can scroll sideways may be wider than its row; menus lie above the page.
      // On a phone the end of the header is a row of its own, in More.
      const end = root.querySelector('.toolbar-end');
      const other = end !== null && getComputedStyle(end).position === 'fixed' ? end : null;
      const shown = [...root.querySelectorAll('button, select, input, .brand, span')].filter(
        (element) => other?.contains(element) !== true && element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 1 && element.closest('[popover]') === null && !isClipped(element),
      );
      const boxOf = (element: Element): DOMRect => element.getBoundingClientRect();
      const bounds = boxOf(root);
      const overlaps = shown.flatMap((one, index) =>
        shown.slice(index + 1).flatMap((next) => {
          if (one.contains(next) || next.contains(one)) return [];
          const [a, b] = [boxOf(one), boxOf(next)];
          const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
          const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
          return wide > 1.5 && high > 1.5 && !(one.closest('.run') !== null && next.closest('.run') !== null) ? [`${nameOf(one)} and ${nameOf(next)}`] : [];
        }),
      );
      const scrolls = getComputedStyle(root).overflowX === 'auto';
      const outside = shown
        .filter((element) => {
          const box = boxOf(element);
          return box.top < bounds.top - 1 || box.bottom > bounds.bottom + 1 || (!scrolls && (box.left < bounds.left - 1 || box.right > bounds.right + 1));
        })
        .map(nameOf);
      return { row, height: Math.round(bounds.height), overlaps, outside };
    },
    row,
  );

const widths = [360, 390, 639, 640, 768, 900, 1024, 1180, 1280, 1440, 2560];

test.each([...widths.map((width) => [100, width]), ...sampleOf(widths, 4).map((width) => [200, width])])(
  'with text of %d %%, at %d pixels, header, tools, tabs and status bar are one row each, and nothing overlaps',
  async (percent = 100, width = 1280) => {
    await setTextSize(page, percent);
    await page.setViewport({ width, height: 720 });
    expect(await page.$eval('.status-bar', (bar) => bar.getBoundingClientRect().height)).toBe((24 * percent) / 100);
    await playground.setText('int main() {}\n// edited\n');
    await page.evaluate(() => window.asyncioPlayground?.setPace('fast', 123456));
    const isNarrow = await page.$eval('#screens', (tabs) => tabs.checkVisibility());
    expect(isNarrow).toBe((width * 100) / percent < 640);
    for (const screen of isNarrow ? screens : (['code'] as const)) {
      if (isNarrow) await page.click(`#${screen}-screen`);
      for (const row of rows) {
        const faults = await faultsOf(row);
        const height = heights[row] ?? NaN;
        expect({ screen, ...faults }).toEqual({ screen, row, height: Number.isNaN(height) ? faults.height : (height * percent) / 100, overlaps: [], outside: [] });
        expect(faults.height).toBeLessThanOrEqual((56 * percent) / 100 + 1);
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }
    await page.evaluate(() => window.asyncioPlayground?.setPace('real', null));
    await setTextSize(page, 100);
  },
);

test.each(sampleOf([390, 1280], 1))('at %d pixels nothing moves while the page loads, while text is typed and while a program runs', async (width) => {
  await page.setViewport({ width, height: 720 });
  const moved = (): Promise<unknown[]> => page.evaluate(() => window.moved.splice(0).filter(({ pixels }) => pixels > 1));
  await page.reload();
  await playground.ready();
  await playground.monaco();
  await page.waitForFunction(() => document.querySelector('#compiler')?.textContent?.includes('ready'));
  expect({ while: 'loading', moved: await moved() }).toEqual({ while: 'loading', moved: [] });
  await page.click('.monaco-editor .view-lines');
  await page.keyboard.type('// typed\nmistake');
  await page.waitForFunction(() => document.querySelector('#problems-tab .problem-count')?.textContent !== '');
  expect({ while: 'typing', moved: await moved() }).toEqual({ while: 'typing', moved: [] });
  await playground.setText('#include <iostream>\nint main() { std::cout << "asks" << std::endl; int a; std::cin >> a; std::cout << a * 2; }\n');
  await page.evaluate(() => window.asyncioPlayground?.setStdin(null));
  await page.waitForFunction(() => document.querySelector('#problems-tab .problem-count')?.textContent === '');
  for (const [clock, seed] of [['real', null], ['fast', 7]] as const) {
    await page.evaluate((clock, seed) => window.asyncioPlayground?.setPace(clock, seed), clock, seed);
    if (width < 640) await page.click('#code-screen');
    await moved();
    await page.click('#run');
    // The screen of a phone, and the line for the input, are what a run changes.
    await page.waitForSelector('#input[data-awaited]', { visible: true });
    await page.keyboard.type('21\n');
    await playground.consoleShows('Finished');
    expect({ while: 'running', clock, moved: await moved() }).toEqual({ while: 'running', clock, moved: [] });
  }
  await page.evaluate(() => window.asyncioPlayground?.setPace('real', null));
});

test.each([390, 1280])('at %d pixels a message lies over the page, off the header and the tabs, and moves nothing', async (width) => {
  await page.setViewport({ width, height: 720 });
  const boxes = (): Promise<unknown[]> => page.$$eval('.toolbar, main, main *:not(.editor-monaco *), .status-bar, .screens', (parts) => parts.map((part) => part.getBoundingClientRect().toJSON() as unknown));
  if (width < 640) await page.click('#code-screen');
  const before = await boxes();
  await page.addScriptTag({ content: 'Promise.reject(new Error("it broke"))' });
  const toast = await page.waitForSelector('.toast.problem');
  expect(playground.takeErrors()).toEqual(['it broke']);
  expect(await boxes()).toEqual(before);
  const box = await toast?.boundingBox();
  const free = await page.$eval('main', (main) => main.getBoundingClientRect().toJSON() as DOMRect);
  expect(box?.y).toBeGreaterThan(free.top);
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(free.bottom);
  await page.click('.toast.problem ::-p-text(Close)');
  expect(await page.$('.toast.problem')).toBeNull();
});

test.each([390, 1280])('at %d pixels Run stays where it is while a program is compiled, runs, is paused and has ended', async (width) => {
  await page.setViewport({ width, height: 720 });
  const place = (): Promise<number[]> =>
    page.$eval('#run', (button) => {
      const { left, top, width: wide } = button.getBoundingClientRect();
      return [left, top, wide];
    });
  await playground.setText('#include <asyncio.hpp>\nasyncio::Coro<> amain() { for (;;) co_await asyncio::sleep(0); }\nint main() { asyncio::run(amain()); }\n');
  await page.evaluate(() => window.asyncioPlayground?.setPace('paused', null));
  const idle = await place();
  await page.click('#run');
  expect(await place()).toEqual(idle);
  await page.waitForSelector('#step:not([hidden])');
  expect(await place()).toEqual(idle);
  const faults = await faultsOf('.toolbar');
  expect(faults).toEqual({ row: '.toolbar', height: 48, overlaps: [], outside: [] });
  await page.click('#run');
  await page.waitForSelector('#run[data-phase="idle"]');
  expect(await place()).toEqual(idle);
  await page.evaluate(() => window.asyncioPlayground?.setPace('real', null));
});

test('the status bar says where the caret is, from the beginning on', async () => {
  await playground.monaco();
  const caret = (): Promise<string | undefined> => page.$eval('#caret', (place) => place.textContent);
  expect(await caret()).toMatch(/^Line \d+, column \d+$/);
  await page.click('.monaco-editor .view-lines');
  for (const key of ['Control', 'Home'] as const) await page.keyboard.down(key);
  for (const key of ['Home', 'Control'] as const) await page.keyboard.up(key);
  await page.keyboard.press('End');
  const [line = ''] = (await playground.text()).split('\n');
  expect(await caret()).toBe(`Line 1, column ${line.length + 1}`);
});

test('the dialog for a new file keeps its text off its border', async () => {
  await page.click('#add-file');
  await page.waitForSelector('.name-dialog[open]');
  const [left = 0, top = 0] = await page.$eval('.name-dialog', (dialog) => {
    const [outer, inner] = [dialog.getBoundingClientRect(), dialog.querySelector('h2')?.getBoundingClientRect()];
    return [(inner?.left ?? 0) - outer.left, (inner?.top ?? 0) - outer.top];
  });
  await page.keyboard.press('Escape');
  expect(Math.min(left, top)).toBeGreaterThanOrEqual(12);
});

test('a mistake that is typed moves neither the editor nor the output', async () => {
  await page.setViewport({ width: 1280, height: 720 });
  const boxes = (): Promise<number[][]> =>
    page.$$eval('#editor, #console, .status-bar', (elements) => elements.map((element) => Object.values(element.getBoundingClientRect().toJSON() as Record<string, number>)));
  await playground.setText('int main() {}\n');
  await page.waitForFunction(() => document.querySelector('#problems-tab .problem-count')?.textContent === '');
  const before = await boxes();
  await playground.setText('int main() { return missing; }\n');
  await page.waitForFunction(() => document.querySelector('#problems-tab .problem-count')?.textContent === '1');
  expect(await boxes()).toEqual(before);
});

test('the splitter is moved by pointer and keys, is kept over a reload, and a double click resets it', async () => {
  await page.setViewport({ width: 1280, height: 720 });
  const left = (): Promise<number> => page.$eval('#splitter', (splitter) => splitter.getBoundingClientRect().left);
  const usual = await left();
  await page.mouse.move(usual, 300);
  await page.mouse.down();
  await page.mouse.move(usual - 200, 320, { steps: 4 });
  await page.mouse.up();
  expect(await left()).toBeCloseTo(usual - 200, -1);
  await page.focus('#splitter');
  await page.keyboard.press('ArrowRight');
  const moved = await left();
  expect(moved).toBeGreaterThan(usual - 195);
  await page.reload();
  await playground.ready();
  expect(await left()).toBeCloseTo(moved, 0);
  await page.mouse.click(moved, 300, { count: 2 });
  expect(await left()).toBeCloseTo(usual, 0);
});

test('another example ends the program that runs, and takes its output away', async () => {
  await playground.setText('#include <cstdio>\nint main() { std::puts("old output"); for (;;) {} }\n');
  await page.click('#run');
  await playground.consoleShows('old output');
  await page.select('#example', '01-hello');
  await page.waitForSelector('#run[data-phase="idle"]');
  await page.waitForFunction(() => window.asyncioPlayground?.consoleText() === '');
  expect(await page.$eval('#phase', (phase) => phase.textContent)).toBe('');
});

test('a run that was not recorded can be made again, recorded', async () => {
  await openView(page, 'console-tab');
  await playground.setText('#include <asyncio.hpp>\nasyncio::Coro<> amain() { co_await asyncio::sleep(0); }\nint main() { asyncio::run(amain()); }\n');
  await page.click('#run');
  await playground.consoleShows('Finished');
  await page.click('#timeline-tab');
  await page.waitForSelector('#record', { visible: true });
  await page.click('#record');
  await page.waitForSelector('#timeline canvas', { visible: true });
  expect(await page.$eval('#record', (button) => button.checkVisibility())).toBe(false);
  await page.click('#console-tab');
});
