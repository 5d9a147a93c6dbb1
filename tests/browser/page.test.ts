import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Site, type Playground } from './harness.js';
import { choose } from './menus.js';

let site: Site;
let playground: Playground;

beforeAll(async () => {
  site = await Site.open();
});

afterAll(() => site.close());

const example = '// first\nint main() { return 0; }\n';

describe('the page', () => {
  beforeEach(async () => {
    playground = await site.visit(undefined, { compiler: false });
    await playground.monaco();
  });

  afterEach(() => playground.close());

  const coloured = (): Promise<unknown> =>
    playground.page.waitForFunction(() => {
      const spans = [...document.querySelectorAll('.monaco-editor .view-line span span')];
      return new Set(spans.map((span) => getComputedStyle(span).color)).size > 4;
    });

  test('shows an example in a C++ editor', async () => {
    expect(await playground.text()).toContain('#include <asyncio.hpp>');
    await coloured();
  });

  test("colours C++'s words, types, functions and numbers with their units, each in one colour", async () => {
    await playground.monaco();
    await playground.setText('asyncio::Coro<int> f(int in) { co_await sleep(300ms); co_return in; }\n');
    await coloured();
    const colourOf = await playground.page.$$eval('.view-line span span', (spans) =>
      Object.fromEntries(spans.map((span) => [span.textContent.trim(), getComputedStyle(span).color])),
    );
    const { Coro, f, int, co_await: suspends, co_return: returns, sleep } = colourOf;
    expect([suspends, returns]).toEqual([int, int]);
    expect(f).toBe(sleep);
    expect(new Set([Coro, f, int, colourOf['300ms']]).size).toBe(4);
    expect(colourOf['in']).not.toBe(int);
  });

  test.each([1280, 390])('is no wider than a window of %d pixels', async (width) => {
    await playground.page.setViewport({ width, height: 800 });
    await playground.page.waitForFunction(
      (wanted) => document.documentElement.scrollWidth <= wanted,
      {},
      width,
    );
  });

  test('keeps what was typed over a reload', async () => {
    const { page } = playground;
    await playground.setText(example);
    await page.click('.monaco-editor .view-lines');
    await page.keyboard.down('Control');
    await page.keyboard.press('Home');
    await page.keyboard.up('Control');
    await page.keyboard.type('// typed by hand');
    await page.keyboard.press('Enter');
    // Without waiting for the delayed save: leaving the page saves as well.
    await page.reload();
    await playground.monaco();
    expect(await playground.text()).toBe(`// typed by hand\n${example}`);
  });

  test('keeps what was typed into one snippet when another is opened', async () => {
    const { page } = playground;
    await playground.setText(example);
    const [first = '', second = ''] = await page.$$eval('#example option', (options) => options.map(({ value }) => value));
    await page.select('#example', second);
    await playground.textIsNot(example);
    await page.select('#example', first);
    await playground.textIs(example);
  });

  test('restores an example, and Undo brings the text back', async () => {
    const { page } = playground;
    const original = await playground.text();
    await playground.setText(example);
    await choose(page, '#reset');
    await playground.textIs(original);
    await page.keyboard.down('Control');
    await page.keyboard.press('z');
    await page.keyboard.up('Control');
    expect(await playground.text()).toBe(example);
  });

  test('can be left by keyboard: Escape, then Tab', async () => {
    const { page } = playground;
    const inEditor = (): Promise<boolean> =>
      page.evaluate(() => document.activeElement?.closest('.monaco-editor') !== null);
    await page.click('.monaco-editor .view-lines');
    const before = await playground.text();
    await page.keyboard.press('Tab');
    expect(await inEditor()).toBe(true);
    expect(await playground.text()).not.toBe(before);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await inEditor()).toBe(false);
  });

  test('shows errors of its own', async () => {
    await playground.page.addScriptTag({
      content: "setTimeout(() => { throw new Error('<b>something broke</b>'); });",
    });
    const problem = await playground.page.waitForSelector('.problem span');
    expect(await problem?.evaluate((element) => element.textContent)).toContain('<b>something broke</b>');
    expect(playground.takeErrors().join()).toContain('something broke');
  });
});

describe('a page whose editor cannot be loaded', () => {
  test('goes on with a text area', async () => {
    playground = await site.visit(async (page) => {
      await page.setRequestInterception(true);
      page.on('request', (request) => {
        void (/monaco-editor.*\.js/.test(request.url()) ? request.abort() : request.continue());
      });
    });
    const problem = await playground.page.waitForSelector('.problem span');
    expect(await problem?.evaluate((element) => element.textContent)).toContain('plain text area works');
    await playground.setText(example);
    expect(await playground.page.$eval('#source', (area) => (area as HTMLTextAreaElement).value)).toBe(example);
    playground.takeErrors();
    await playground.close();
  });
});
