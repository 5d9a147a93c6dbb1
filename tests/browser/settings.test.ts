import { afterEach, expect, test } from '@jest/globals';
import type { Page } from 'puppeteer-core';
import type { Playground } from './harness.js';
import { openMenuOf } from './menus.js';
import { oneVisit } from './one-visit.js';
import { Typist } from './typist.js';

let playground: Playground;
let page: Page;
let typist: Typist;

oneVisit(async (visited) => {
  playground = visited;
  page = visited.page;
  typist = new Typist(visited);
  await playground.monaco();
});

afterEach(async () => {
  expect(playground.takeErrors()).toEqual([]);
  await page.evaluate(() => {
    localStorage.removeItem('asyncio:settings');
    dispatchEvent(new StorageEvent('storage', { key: 'asyncio:settings' }));
  });
});

/** Ticks a box of the Options menu, as a user does. */
async function tick(box: string): Promise<void> {
  await openMenuOf(page, box);
  await page.click(box);
  await page.keyboard.press('Escape');
}

async function vimIs(mode: string): Promise<void> {
  await page.waitForFunction((wanted) => document.querySelector('#vim')?.textContent === wanted, { polling: 20 }, mode);
}

test('the font size is that of the editor and the console, at once and after a reload', async () => {
  await playground.run('#include <cstdio>\nint main() { std::puts("text"); }\n');
  await page.waitForSelector('.console-line');
  const height = (): Promise<number> => page.$eval('.monaco-editor .view-line', (line) => line.getBoundingClientRect().height);
  expect(await height()).toBe(21);
  await page.select('#font-size', '20');
  await page.waitForFunction(() => document.querySelector('.monaco-editor .view-line')?.getBoundingClientRect().height === 30);
  expect(await page.$eval('.console-line span', (text) => getComputedStyle(text).lineHeight)).toBe('26px');
  await page.reload();
  await playground.ready();
  await playground.monaco();
  expect(await height()).toBe(30);
});

test('long lines go on in the next row if they are to, and the minimap shows', async () => {
  await playground.setText(`// ${'long '.repeat(60)}\n`);
  await page.waitForSelector('.monaco-editor .view-line');
  const rows = (): Promise<number> => page.$$eval('.monaco-editor .view-line', (lines) => lines.length);
  expect(await rows()).toBe(2);
  await tick('#wrap');
  await page.waitForFunction(() => document.querySelectorAll('.monaco-editor .view-line').length > 2);
  await tick('#minimap');
  await page.waitForFunction(() => (document.querySelector('.monaco-editor .minimap')?.getBoundingClientRect().width ?? 0) > 10);
});

test('Vim keys are loaded when they are switched on, and say their mode in the status bar', async () => {
  const loaded = (): Promise<boolean> =>
    page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('vim')));
  expect(await loaded()).toBe(false);
  expect(await page.$eval('#vim', (status) => status.checkVisibility())).toBe(false);
  await tick('#vim-keys');
  await vimIs('NORMAL');
  expect(await loaded()).toBe(true);
  await typist.write('|one\ntwo\n');
  await typist.type('ddiA ');
  await vimIs('INSERT');
  expect(await playground.text()).toBe('A two\n');
  await typist.press('Escape');
  await vimIs('NORMAL');
  await typist.type('/two');
  expect(await page.evaluate(() => document.activeElement?.ariaLabel)).toBe('Vim command');
  await typist.press('Enter');
  await typist.type('x');
  expect(await playground.text()).toBe('A wo\n');
  await tick('#vim-keys');
  expect(await page.$eval('#vim', (status) => status.checkVisibility())).toBe(false);
  await typist.write('|one\n');
  await typist.type('dd');
  expect(await playground.text()).toBe('ddone\n');
});

test('Vim keys leave the page its own: Run, Stop, and out of the editor', async () => {
  await tick('#vim-keys');
  await vimIs('NORMAL');
  await typist.write('|int main() { for (;;) {} }\n');
  await typist.press('Control', 'Enter');
  await page.waitForSelector('#run[data-phase="running"]');
  // In the editor Escape is Vim's.
  await typist.press('Escape');
  expect(await page.$eval('#run', (run) => run.getAttribute('data-phase'))).toBe('running');
  await typist.press('Control', '.');
  await page.waitForSelector('#run[data-phase="idle"]');
  await typist.press('Control', 'Enter');
  await page.waitForSelector('#run[data-phase="running"]');
  await typist.press('Escape');
  await typist.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('.editor') === null)).toBe(true);
  await typist.press('Escape');
  await page.waitForSelector('#run[data-phase="idle"]');
  expect(await playground.text()).toBe('int main() { for (;;) {} }\n');
});
