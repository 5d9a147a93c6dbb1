import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import { launchChromium } from '../../tools/chromium.mjs';
import { serveSite } from '../../tools/site-server.mjs';
import { librariesOf } from '../../web/compile/worker/libraries.js';
import { snippetsIn } from '../../web/docs/site/snippet.mjs';
import type { AsyncioPlaygroundElement } from '../../web/embed/element.js';
import { watchPage } from './watch-page.js';
import { sampleOf } from './sample.js';
import { newPage } from './new-page.js';

const root = fileURLToPath(new URL('../../build/docs', import.meta.url));

let site: Awaited<ReturnType<typeof serveSite>>;
let browser: Browser;
let page: Page;
let asked: string[];
let errors: string[];

beforeAll(async () => {
  if (!existsSync(join(root, 'index.html'))) throw new Error('build/docs is missing: npm run docs');
  site = await serveSite({ root });
  browser = await launchChromium();
  page = await newPage(browser);
  ({ asked, errors } = watchPage(page));
});

afterAll(async () => {
  await browser.close();
  await site.close();
  expect(errors).toEqual([]);
});

const open = async (path: string): Promise<void> => {
  asked.length = 0;
  await page.goto(site.url + path);
  await page.waitForFunction(() => customElements.get('asyncio-playground') !== undefined, { polling: 30 });
};

/** Runs the first program of the page; returns the verdict on its output. */
const pressRun = async (by: 'mouse' | 'keyboard'): Promise<string> => {
  if (by === 'mouse') await page.click('asyncio-playground >>> .run');
  else {
    await page.focus('asyncio-playground >>> textarea');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
  }
  const verdict = await page.waitForFunction(
    () => document.querySelector('asyncio-playground')?.shadowRoot?.querySelector('.expected:not([hidden])')?.textContent,
    { polling: 30 },
  );
  return String(await verdict.jsonValue());
};
const compilerFiles = (): string[] => asked.filter((path) => path.includes('/compiler-'));

/** The elements of all pages, as in their HTML; each program once. */
function programsOfTheGuide(): string[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html') && !file.startsWith('playground'));
  return [...new Set(files.flatMap((file) => readFileSync(join(root, file), 'utf8').match(/<asyncio-playground\b[^]*?<\/asyncio-playground>/g) ?? []))];
}

/** Such a program is not compiled ahead of time. */
const needsLibrary = (html: string): boolean => librariesOf({ 'main.cpp': html.replaceAll('&lt;', '<').replaceAll('&gt;', '>') }).length > 0;

test('Run in a page of the guide prints what is expected, without a compiler', async () => {
  await open('guide/barriers.html');
  expect(await pressRun('mouse')).toContain('✓');
  expect(await page.$eval('asyncio-playground >>> .console', ({ textContent }) => textContent)).toContain('fox goes on from hut 2');
  expect(compilerFiles()).toEqual([]);
  expect(asked.filter((path) => path.startsWith('/asyncio-snippets/'))).toHaveLength(2);
});

test('a page that was opened by a link runs its programs as well, by keyboard', async () => {
  await open('guide/barriers.html');
  await page.click('.pager-link.next');
  await page.waitForFunction(() => document.querySelector('h1')?.textContent.startsWith('Generators'), { polling: 30 });
  expect(await pressRun('keyboard')).toContain('✓');
  expect(compilerFiles()).toEqual([]);
});

test('programs of the guide, unedited, print what their pages expect, without a compiler unless they need a library', async () => {
  await open('guide/browser.html');
  const programs = programsOfTheGuide();
  expect(programs.length).toBeGreaterThanOrEqual((['examples', 'snippets', 'reference'] as const).flatMap(snippetsIn).length);
  const wrong: unknown[] = [];
  let withLibraries = 0;
  const withoutLibrary = programs.filter((html) => !needsLibrary(html));
  const withLibrary = programs.filter(needsLibrary);
  for (const html of [...sampleOf(withoutLibrary, 40), ...sampleOf(withLibrary, 2)]) {
    if (needsLibrary(html)) withLibraries += 1;
    else expect(compilerFiles()).toEqual([]);
    const { title, report, verdict, diagnostics } = await page.evaluate(async (text) => {
      const holder = document.createElement('div');
      holder.innerHTML = text;
      const element = holder.firstElementChild as AsyncioPlaygroundElement;
      // Waits take no time, and end in order even on a busy machine.
      element.setAttribute('clock', 'fast');
      const ready = new Promise((resolve) => element.addEventListener('ready', resolve, { once: true }));
      document.body.prepend(holder);
      await ready;
      const { outcome, diagnostics } = await element.run();
      const verdict = element.shadowRoot?.querySelector('.expected')?.textContent ?? '';
      const title = element.getText().split('\n', 1)[0];
      holder.remove();
      return { title, report: outcome, verdict, diagnostics };
    }, html);
    const right = report.type === 'complete' && report.exitCode === 0 && verdict.includes('✓') && diagnostics.length === 0;
    if (!right) wrong.push({ title, report, verdict, diagnostics });
  }
  expect(wrong).toEqual([]);
  expect(withLibraries).toBeGreaterThan(0);
}, 300_000);
