import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'puppeteer-core';
import { launchChromium } from '../../tools/chromium.mjs';
import { serveSite } from '../../tools/site-server.mjs';
import { buildSites, sitesFolder } from './recipe-sites.js';
import { watchPage } from './watch-page.js';
import { newPage } from './new-page.js';

let server: Awaited<ReturnType<typeof serveSite>>;
let browser: Browser;
const errors: string[] = [];

beforeAll(async () => {
  buildSites();
  server = await serveSite({ root: sitesFolder });
  browser = await launchChromium();
}, 580_000);

afterEach(() => {
  expect(errors.splice(0)).toEqual([]);
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

async function open(path: string): Promise<{ page: Page; asked: string[] }> {
  const page = await newPage(browser);
  const { asked } = watchPage(page, { errors, asked: [] }, /^Failed to load resource/);
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    // The browser requests this one by itself if a site names no icon.
    if (response.status() >= 400 && pathname !== '/favicon.ico') errors.push(`${response.status()} for ${pathname}`);
  });
  await page.goto(server.url + path);
  return { page, asked };
}

test.each([
  ['VitePress', 'vitepress/'],
  ['Docusaurus', 'docusaurus/'],
  ['mdBook', 'mdbook/'],
  ['Sphinx', 'sphinx/'],
  ['MkDocs', 'mkdocs/'],
  ['Doxygen', 'doxygen/greet_8hpp.html'],
])('a snippet in a site of %s runs where it stands, without the compiler', async (name, path) => {
  const { page, asked } = await open(path);
  await page.waitForFunction(() => document.querySelector('asyncio-playground')?.shadowRoot?.querySelector('[part~="run"]'), { polling: 30 });
  await page.click('asyncio-playground >>> [part~="run"]');
  const printed = (): string | undefined => document.querySelector('asyncio-playground')?.shadowRoot?.querySelector<HTMLElement>('.console')?.innerText;
  await page.waitForFunction(printed, { polling: 30 });
  expect((await page.evaluate(printed))?.trim()).toBe(`hello from ${name}`);
  expect(asked.filter((one) => one.includes('/compiler-'))).toEqual([]);
  await page.close();
}, 60_000);
