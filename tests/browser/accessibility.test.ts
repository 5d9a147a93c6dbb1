import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type axe from 'axe-core';
import type { Page } from 'puppeteer-core';
import type { Playground } from './harness.js';
import { oneVisit } from './one-visit.js';
import { openView, screens } from './screens.js';
import { choose } from './menus.js';
import { sampleOf } from './sample.js';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let playground: Playground;
let page: Page;
oneVisit(async (opened) => {
  playground = opened;
  page = opened.page;
  await opened.monaco();
  await page.addScriptTag({ path: axePath });
});

afterEach(() => {
  expect(playground.takeErrors()).toEqual([]);
});

/** The violations that axe finds on the page in its current state. */
function violations(): Promise<string[]> {
  return page.evaluate(async (tags) => {
    const { violations: found } = await (window as unknown as { axe: typeof axe }).axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
    return found.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} (${help}): ${target.join(' ')}: ${failureSummary?.split('\n').slice(1).join(' ') ?? ''}`),
    );
  }, levels);
}

const erroneous = 'int main() {\n    int unused = nothing;\n    return "text";\n}\n';
const asking = `#include <asyncio.hpp>
#include <print>
asyncio::Coro<> amain() {
    std::print("\\033[31mred\\033[0m \\033[2mdim\\033[0m \\033[44mon blue\\033[0m main.cpp:3\\n");
    std::println(stderr, "File 'main.cpp', line 5");
    for (int i = 0; i < 100; ++i) std::println("line {}", i);
    co_await asyncio::read_line("> ");
}
int main() { asyncio::run(amain()); }
`;

async function start(source: string): Promise<void> {
  await page.evaluate((text) => {
    window.asyncioPlayground?.setText(text);
    window.asyncioPlayground?.setStdin(null);
  }, source);
  await page.click('#run');
}

/** Buttons and the like that open a dialog or a menu. */
const openers = (): Promise<string[]> =>
  page.$$eval('button[aria-haspopup], button[popovertarget]', (buttons) =>
    buttons.flatMap((button) => (button.checkVisibility() && !button.matches(':disabled') && button.id !== '' ? [`#${button.id}`] : [])),
  );
const opened = (): Promise<boolean> => page.evaluate(() => document.querySelector('dialog[open], [popover]:popover-open') !== null);

describe.each([1280, 390])('at %d pixels', (width) => {
  describe.each(sampleOf(width === 390 ? ['light', 'dark'] : ['dark', 'light'], 1))('in the %s theme', (scheme) => {
    beforeEach(async () => {
      await page.setViewport({ width, height: 800 });
      await page.select('#theme', scheme);
    });

    test('axe finds nothing on the page with an error in the source', async () => {
      await start(erroneous);
      await page.waitForSelector('#diagnostics:not([hidden])');
      expect(await violations()).toEqual([]);
    });

    test('axe finds nothing while a program waits for input, with times and a filter', async () => {
      await start(asking);
      await page.waitForSelector('#input[data-awaited]', { visible: true });
      await page.click('#times');
      await page.type('#filter', 'e');
      await page.waitForFunction(() => document.querySelector('#filter-count')?.textContent !== '');
      expect(await violations()).toEqual([]);
      await page.click('#times');
      await page.focus('#filter');
      await page.keyboard.press('Escape');
      await page.click('#run');
      await page.waitForSelector('#run[data-phase="idle"]');
    });

    test('axe finds nothing while Vim asks for a command, with the largest text', async () => {
      if (width < 1280) return;
      await page.select('#font-size', '24');
      await choose(page, '#vim-keys');
      await page.keyboard.press('Escape');
      await page.waitForSelector('#vim:not([hidden])');
      await page.click('.monaco-editor .view-lines');
      await page.keyboard.type(':');
      await page.waitForSelector('#vim input');
      expect(await violations()).toEqual([]);
      await page.keyboard.press('Escape');
      await choose(page, '#vim-keys');
      await page.keyboard.press('Escape');
      await page.select('#font-size', '14');
    });

    test('axe finds nothing in any view of the run', async () => {
      const tabs = await page.$$eval('#views [role="tab"]', (all) => all.map(({ id }) => id));
      for (const id of tabs) {
        await openView(page, id);
        expect({ id, violations: await violations() }).toEqual({ id, violations: [] });
      }
      await openView(page, 'console-tab');
      if (width < 1280) return;
      await page.click('#split-views');
      expect(await violations()).toEqual([]);
      await page.click('#unsplit-views');
    });

    test('axe finds nothing in any dialog or menu', async () => {
      // A phone has some of their buttons there.
      await openView(page, 'problems-tab');
      const ids = await openers();
      expect(ids).toContain('#docs');
      for (const id of [...ids, '#share-button', '#gallery-button', '#snippets-button', '#shortcuts']) {
        await ((await page.$eval(id, (opener) => opener.checkVisibility())) ? page.click(id) : choose(page, id));
        await page.waitForFunction(() => document.querySelector('dialog[open], [popover]:popover-open') !== null);
        expect({ id, violations: await violations() }).toEqual({ id, violations: [] });
        await page.keyboard.press('Escape');
        expect({ id, opened: await opened() }).toEqual({ id, opened: false });
      }
      await openView(page, 'console-tab');
    });
  });

  test.each(width < 640 ? screens : (['code'] as const))('Tab goes through the page in order, and each stop is visible and has a name: %s', async (screen) => {
    await page.setViewport({ width, height: 800 });
    if (width < 640) await page.click(`#${screen}-screen`);
    // Start at the beginning of the document.
    await page.evaluate(() => {
      document.body.tabIndex = -1;
      document.body.focus();
      document.body.removeAttribute('tabindex');
    });
    await page.keyboard.press('Tab');
    const stops: { name: string; at: number; visible: boolean }[] = [];
    for (let count = 0; count < 80; count += 1) {
      const stop = await page.evaluate(() => {
        const element = document.activeElement;
        if (!(element instanceof HTMLElement) || element === document.body) return undefined;
        const inEditor = element.closest('.editor') !== null;
        const { width: wide, height: high } = element.getBoundingClientRect();
        const labels = 'labels' in element ? Array.from((element.labels as NodeListOf<HTMLElement> | null) ?? [], (label) => label.textContent) : [];
        return {
          name: element.getAttribute('aria-label') ?? ([...labels, element.textContent].join(' ').trim() || element.id),
          at: Array.from(document.querySelectorAll('*')).indexOf(element),
          visible: inEditor || (wide > 0 && high > 0),
          inEditor,
        };
      });
      if (stop === undefined || stop.at === stops[0]?.at) break;
      stops.push(stop);
      // Tab belongs to the editor until Escape.
      if (stop.inEditor) await page.keyboard.press('Escape');
      await page.keyboard.press('Tab');
    }
    await openView(page, 'console-tab');
    expect(stops.length).toBeGreaterThanOrEqual(4);
    expect(stops.filter(({ name, visible }) => name === '' || !visible)).toEqual([]);
    const order = stops.map(({ at }) => at);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });
});

describe('the theme', () => {
  /** The page's colour and the editor's, which follows one frame later. */
  const areBackgrounds = (wanted: string[]): Promise<unknown> =>
    page.waitForFunction(
      (colours) => ['body', '.monaco-editor'].every((place, at) => getComputedStyle(document.querySelector(place) ?? document.body).backgroundColor === colours[at]),
      { timeout: 5_000 },
      wanted,
    );
  const dark = ['rgb(15, 17, 22)', 'rgb(23, 26, 33)'];
  const light = ['rgb(245, 246, 248)', 'rgb(255, 255, 255)'];

  test('follows the system, or the choice that was made, and so does the editor', async () => {
    await page.setViewport({ width: 1280, height: 800 });
    await page.select('#theme', 'system');
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
    await areBackgrounds(dark);
    await page.select('#theme', 'light');
    await areBackgrounds(light);
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
    await page.select('#theme', 'dark');
    await areBackgrounds(dark);
  });

  test('is kept over a reload, from the first paint on', async () => {
    await page.reload();
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
    await playground.monaco();
    await page.waitForFunction(() => document.querySelector<HTMLSelectElement>('#theme')?.value === 'dark');
    await areBackgrounds(dark);
    await page.select('#theme', 'system');
    await areBackgrounds(light);
    await playground.ready();
  });
});

describe('the list of shortcuts', () => {
  const shown = (): Promise<boolean> => page.$eval('#shortcuts-dialog', (dialog) => (dialog as HTMLDialogElement).open);

  test.each(['?', 'F1'] as const)('opens with %s outside of the editor, and Escape closes it', async (key) => {
    await page.focus('#run');
    await page.keyboard.press(key);
    expect(await shown()).toBe(true);
    expect(await page.$eval('#shortcuts-dialog', (list) => list.textContent)).toContain('Ctrl+Enter');
    await page.keyboard.press('Escape');
    expect(await shown()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('run');
  });

  test('does not open where ? is typed', async () => {
    await page.focus('#filter');
    await page.keyboard.press('?');
    expect(await shown()).toBe(false);
    expect(await page.$eval('#filter', (field) => (field as HTMLInputElement).value)).toBe('?');
    await page.keyboard.press('Escape');
    await page.click('.monaco-editor .view-lines');
    await page.keyboard.type('?');
    expect(await shown()).toBe(false);
  });

  test('is closed by Escape, which does not stop the program then', async () => {
    await start('#include <cstdio>\nint main() { std::puts("spinning"); for (;;) {} }\n');
    await playground.consoleShows('spinning');
    await choose(page, '#shortcuts');
    await page.keyboard.press('Escape');
    expect(await shown()).toBe(false);
    expect(await page.$eval('#run', (button) => (button as HTMLElement).dataset['phase'])).toBe('running');
    await page.keyboard.press('Escape');
    await page.waitForSelector('#run[data-phase="idle"]');
  });
});
