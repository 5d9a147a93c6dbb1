import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'puppeteer-core';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchChromium } from '../../tools/chromium.mjs';
import { serveSite } from '../../tools/site-server.mjs';
import { codeIn, projectOfCode } from '../../web/project/link.js';
import { axeViolations } from './axe.js';
import { watchPage } from './watch-page.js';
import { sampleOf } from './sample.js';
import { newPage } from './new-page.js';

const root = fileURLToPath(new URL('../../build/docs', import.meta.url));

let site: Awaited<ReturnType<typeof serveSite>>;
let browser: Browser;
let page: Page;
let errors: string[];

beforeAll(async () => {
  if (!existsSync(join(root, 'index.html'))) throw new Error('build/docs is missing: npm run docs');
  site = await serveSite({ root });
  browser = await launchChromium();
  page = await newPage(browser);
  ({ errors } = watchPage(page));
});

afterAll(async () => {
  await browser.close();
  await site.close();
  expect(errors).toEqual([]);
});

/** Waits until the page is hydrated: VitePress creates the search box then. */
async function open(path: string, { width = 1280, dark = false } = {}): Promise<void> {
  await page.setViewport({ width, height: 800 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }]);
  await page.goto(site.url + path, { waitUntil: 'networkidle0' });
  await page.waitForSelector('.DocSearch-Button');
}

const isDark = (): Promise<boolean> => page.evaluate(() => document.documentElement.classList.contains('dark'));

const looksOfAll = [
  { width: 1280, dark: true },
  { width: 1280, dark: false },
  { width: 390, dark: false },
  { width: 390, dark: true },
];

describe.each(sampleOf(looksOfAll, 2))('at $width px, dark: $dark', (looks) => {
  test.each(['index.html', 'guide/coroutines.html', 'guide/python.html', 'guide/embedding.html', 'reference/queue.html'])('%s has no fault that axe finds', async (path) => {
    await open(path, looks);
    expect(await isDark()).toBe(looks.dark);
    expect(await axeViolations(page)).toEqual([]);
  });

  test.each(['guide/cpp.html', 'guide/embedding.html'])('nothing of %s is wider than the screen', async (path) => {
    await open(path, looks);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(looks.width);
  });
});

describe('the first page', () => {
  test('shows a picture of the timeline, with a text in its place', async () => {
    await open('index.html');
    const picture = await page.$eval('.picture img', (image) => ({ alt: image.alt, drawn: image.naturalWidth > 0 && image.complete }));
    expect(picture).toEqual({ alt: expect.stringContaining('A timeline'), drawn: true });
  });

  test.each([
    ['Try it in the playground', () => window.asyncioPlayground !== undefined],
    ['Put it in your documentation', () => document.querySelector('h1')?.textContent.startsWith('A program in your own page')],
    ['Use it in your program', () => location.hash === '#install'],
  ])('leads to where one begins: %s', async (words, isThere) => {
    await open('index.html');
    await page.click(`.doors ::-p-text(${words})`);
    await page.waitForFunction(isThere);
  });

  test('shows its first program whole at 390 px', async () => {
    await open('index.html', { width: 390 });
    const code = await page.waitForSelector('asyncio-playground >>> .code');
    expect(await code?.evaluate((box) => box.scrollWidth - box.clientWidth)).toBeLessThanOrEqual(0);
  });
});

test('Next leads from the first chapter to the second, and Previous back', async () => {
  await open('guide/coroutines.html');
  await page.click('.pager-link.next');
  await page.waitForFunction(() => document.querySelector('h1')?.textContent.startsWith('Tasks and futures'));
  await page.click('.pager-link.prev');
  await page.waitForFunction(() => document.querySelector('h1')?.textContent.startsWith('Coroutines'));
});

test.each([
  ['dining philosophers', '/guide/'],
  ['reschedule', '/reference/timeout'],
  ['stdin', '/guide/files'],
  ['stdin', '/guide/playground'],
  ['input', '/guide/files'],
  ['install', '/#install'],
  ['setup', '/#install'],
  ['fetch', '/reference/http-fetch'],
  ['mutex', '/guide/locks'],
  ['channel', '/guide/queues'],
  ['promise', '/guide/tasks'],
  ['nursery', '/guide/groups'],
])('the search finds %s', async (words, place) => {
  await open('index.html');
  await page.click('.DocSearch-Button');
  await page.waitForSelector('#localsearch-input');
  await page.type('#localsearch-input', words);
  await page.waitForFunction(
    (wanted) => [...document.querySelectorAll<HTMLAnchorElement>('.VPLocalSearchBox .result')].some(({ pathname, hash }) => `${pathname}${hash}`.startsWith(wanted)),
    { polling: 50 },
    place,
  );
});

test('the keyboard reaches the text past the navigation', async () => {
  await open('guide/queues.html');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.id === 'VPContent');
});

test('the theme is switched, and kept', async () => {
  await open('index.html');
  await page.click('.VPNavBar .VPSwitchAppearance');
  await page.waitForFunction(() => document.documentElement.classList.contains('dark'));
  await page.reload();
  expect(await isDark()).toBe(true);
  await page.evaluate(() => localStorage.clear());
});

test('a slash that is typed in a program does not open the search', async () => {
  await open('guide/queues.html');
  await page.focus('asyncio-playground >>> textarea');
  await page.keyboard.type('// mine');
  expect(await page.evaluate(() => document.querySelector('asyncio-playground')?.shadowRoot?.querySelector('textarea')?.value)).toContain('// mine');
  expect(await page.$('.VPLocalSearchBox')).toBeNull();
});

test('a program opens in the playground as the reader left it', async () => {
  await open('guide/queues.html');
  await page.focus('asyncio-playground >>> textarea');
  await page.keyboard.type('// mine');
  await page.focus('asyncio-playground >>> .open');
  const link = await page.waitForFunction(
    () => document.querySelector('asyncio-playground')?.shadowRoot?.querySelector<HTMLAnchorElement>('.open[href*="#code="]')?.href,
    { polling: 30 },
  );
  const { href, hash } = new URL(String(await link.jsonValue()));
  expect(href.startsWith(`${site.url}playground/#`)).toBe(true);
  expect((await projectOfCode(codeIn(hash) ?? '')).files[0]?.text).toContain('// mine');
});

test('without a script a program can be read, and has a link to the playground', async () => {
  const other = await newPage(browser);
  await other.setJavaScriptEnabled(false);
  await other.goto(`${site.url}guide/queues.html`);
  expect(await other.$eval('asyncio-playground', (element) => (element as HTMLElement).innerText)).toContain('#include <asyncio.hpp>');
  const link = await other.$('.snippet figcaption > a');
  expect(await link?.isVisible()).toBe(true);
  expect(await link?.evaluate((element) => element.href)).toBe(`${site.url}playground/#example=07-queue-workers`);
  await other.close();
});

test('the playground leads back to the guide', async () => {
  await page.setViewport({ width: 1280, height: 800 });
  await page.goto(`${site.url}playground/`);
  await page.waitForFunction(() => window.asyncioPlayground !== undefined);
  await page.click('#docs');
  await page.waitForSelector('#guide', { visible: true });
  expect(await page.$eval('#guide', (link) => (link as HTMLAnchorElement).href)).toBe(site.url);
});
