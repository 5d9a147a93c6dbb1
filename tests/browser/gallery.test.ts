import { afterEach, beforeAll, afterAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { axeViolations } from './axe.js';
import { Site, type Playground } from './harness.js';
import { choose } from './menus.js';
import { sampleOf } from './sample.js';

const starter = readFileSync(new URL('../../web/playground/starter.cpp', import.meta.url), 'utf8');
const example = (name: string): string => readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8');

let site: Site;
let playground: Playground;

beforeAll(async () => {
  site = await Site.open();
});

afterAll(() => site.close());

afterEach(() => playground.close());

async function visit(width: number, fragment = '', compiler = false): Promise<void> {
  playground = await site.visit((page) => page.setViewport({ width, height: 800 }), { fragment, compiler });
  await playground.page.waitForFunction(() => window.asyncioPlayground !== undefined);
}

async function openGallery(): Promise<void> {
  await choose(playground.page, '#gallery-button');
  await playground.page.waitForSelector('#gallery[open] .gallery-entry');
}

const entries = (): Promise<string[]> =>
  playground.page.$$eval('#gallery .gallery-entry', (links) => links.map((link) => link.getAttribute('href') ?? ''));
const focused = (): Promise<string> =>
  playground.page.evaluate(() => document.activeElement?.getAttribute('href') ?? document.activeElement?.className ?? '');
const hash = (): Promise<string> => playground.page.evaluate(() => location.hash);
const fits = (): Promise<boolean> => playground.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

/** The source is available once the example is open. */
async function shows(name: string): Promise<void> {
  const source = example(`${name}.cpp`);
  await playground.page.waitForFunction((text) => window.asyncioPlayground?.getText() === text, {}, source);
}

describe.each(sampleOf([1280, 390], 1))('the gallery, %d pixels wide,', (width) => {
  test('has every chapter, and each example with its line', async () => {
    await visit(width);
    await openGallery();
    const { page } = playground;
    const titles = await page.$$eval('#gallery h3', (headings) => headings.map((heading) => heading.textContent));
    expect(titles).toEqual(expect.arrayContaining(['Coroutines', 'Barriers', 'Pitfalls', 'Patterns', 'HTTP']));
    const lines = await page.$$eval('#gallery .gallery-teaches', (spans) => spans.map((span) => span.textContent));
    expect(lines.length).toBeGreaterThan(60);
    expect(lines.every((line) => line.length > 20)).toBe(true);
    expect(await fits()).toBe(true);
  });

  test('finds examples by the names of asyncio while typing', async () => {
    await visit(width);
    await openGallery();
    const { page } = playground;
    await page.keyboard.type('wait_for');
    await page.waitForSelector('#gallery .gallery-chapter');
    expect((await entries())[0]).toBe('#example=05-timeouts');
    expect(await page.$eval('#gallery [role=status]', ({ textContent }) => textContent)).toMatch(/^\d+ found$/);
    await page.keyboard.type(' <img src=x onerror=alert(1)>');
    await page.waitForSelector('#gallery .gallery-none');
    expect(await entries()).toEqual([]);
  });

  test('opens an example by keyboard alone, and gives the focus back', async () => {
    await visit(width);
    const { page } = playground;
    await page.focus('#project');
    for (const key of ['Enter', 'Tab', 'Tab', 'Enter'] as const) await page.keyboard.press(key);
    await page.waitForSelector('#gallery[open] .gallery-entry');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('#example=01-hello');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('#example=03-await-or-task');
    await page.keyboard.press('End');
    expect(await focused()).toBe((await entries()).at(-1));
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toBe('gallery-search');
    await page.keyboard.type('barrier');
    await page.keyboard.press('Enter');
    await shows('12-barrier');
    expect(await page.$('#gallery[open]')).toBeNull();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('project');
  });

  test('closes by Escape without an effect on what is open', async () => {
    await visit(width);
    const before = await playground.text();
    await openGallery();
    await playground.page.keyboard.press('Escape');
    await playground.page.waitForSelector('#gallery:not([open])');
    expect(await playground.text()).toBe(before);
  });

  test('shows the Python beside an example, and beside the next one too', async () => {
    await visit(width, '#example=09-lock');
    const { page } = playground;
    await shows('09-lock');
    // A phone has it in More.
    if (width < 640) await page.click('#more-screen');
    await page.click('#python');
    const code = (): Promise<string> => page.$eval('.python-code', ({ textContent }) => textContent);
    await page.waitForSelector('.python-code', { visible: true });
    expect(await code()).toBe(example('09-lock.py'));
    expect(await fits()).toBe(true);
    const [cpp, python] = await Promise.all(['.pane-editor', '#python-pane'].map(async (pane) => (await page.$(pane))?.boundingBox()));
    if (width > 760) expect(python?.x).toBeGreaterThanOrEqual((cpp?.x ?? 0) + (cpp?.width ?? 0));
    else expect(python?.y).toBeGreaterThanOrEqual((cpp?.y ?? 0) + (cpp?.height ?? 0));

    await openGallery();
    await page.keyboard.type('BoundedSemaphore');
    await page.keyboard.press('Enter');
    await shows('36-semaphore');
    const wanted = example('36-semaphore.py');
    await page.waitForFunction((text) => document.querySelector('.python-code')?.textContent === text, {}, wanted);

    await page.click('#python-pane .python-head button');
    expect(await page.$('#python-pane:not([hidden])')).toBeNull();
    if (width >= 640) expect(await page.evaluate(() => document.activeElement?.id)).toBe('python');
  });

  test('has nothing that axe finds, open, with a search, and with the Python beside', async () => {
    await visit(width, '#example=26-eager-tasks');
    const { page } = playground;
    await shows('26-eager-tasks');
    // A phone has it in More.
    if (width < 640) await page.click('#more-screen');
    await page.click('#python');
    await page.waitForSelector('.python-code', { visible: true });
    expect(await axeViolations(page, '#python-pane')).toEqual([]);
    await openGallery();
    expect(await axeViolations(page, '#gallery')).toEqual([]);
    await page.keyboard.type('queue');
    await page.waitForSelector('#gallery .gallery-chapter');
    expect(await axeViolations(page, '#gallery')).toEqual([]);
  });
});

describe('on a phone', () => {
  test('its entries and buttons are large enough to touch', async () => {
    await visit(390);
    await openGallery();
    const boxes = await Promise.all(
      (await playground.page.$$('#gallery .gallery-entry, #gallery .dialog-head button, #project')).map((each) => each.boundingBox()),
    );
    for (const box of boxes) expect(Math.min(box?.height ?? 0, box?.width ?? 0)).toBeGreaterThanOrEqual(40);
  });
});

describe('a link to an example', () => {
  test('opens it, does not run it, and so does a reload', async () => {
    await visit(1280, '#example=32-wait-first-completed', true);
    const { page } = playground;
    await shows('32-wait-first-completed');
    expect(await hash()).toBe('#example=32-wait-first-completed');
    await playground.ready();
    expect(await playground.consoleText()).toBe('');
    await page.reload();
    await shows('32-wait-first-completed');
  });

  test('works in a page that is open', async () => {
    await visit(1280);
    await playground.page.evaluate(() => {
      location.hash = '#example=15-async-generator';
    });
    await shows('15-async-generator');
  });

  test.each(['nowhere', '<img src=x onerror=alert(1)>', '%E0%A4%A', 'x'.repeat(5000)])('to %.20s says that there is none, and shows the starter', async (name) => {
    await visit(1280, `#example=${name}`);
    const { page } = playground;
    const problem = await page.waitForSelector('.problem span');
    expect(await problem?.evaluate(({ textContent }) => textContent)).toContain('There is no example');
    expect(await page.$('.problem img')).toBeNull();
    expect(await playground.text()).toBe(starter);
    expect(await hash()).toBe('');
  });
});

describe('Back and Forward', () => {
  const mine = '// mine\nint main() {}\n';

  async function chooses(words: string): Promise<void> {
    await openGallery();
    await playground.page.keyboard.type(words);
    await playground.page.keyboard.press('Enter');
  }

  async function opensNew(): Promise<void> {
    await choose(playground.page, '#snippets-button');
    await playground.page.locator('#snippets[open] .snippets-bar button:first-child').click();
    await playground.textIs(starter);
  }

  test('show the examples that were chosen', async () => {
    await visit(1280);
    const { page } = playground;
    await chooses('barrier');
    await shows('12-barrier');
    expect(await hash()).toBe('#example=12-barrier');
    await page.select('#example', '09-lock');
    await shows('09-lock');
    await page.goBack();
    await shows('12-barrier');
    expect(await page.$eval('#example', (select) => (select as HTMLSelectElement).value)).toBe('12-barrier');
    await page.goBack();
    await shows('01-hello');
    expect(await hash()).toBe('');
    await page.goForward();
    await page.goForward();
    await shows('09-lock');
    expect(await hash()).toBe('#example=09-lock');
    await page.reload();
    await shows('09-lock');
    await page.goBack();
    await shows('12-barrier');
  });

  test('keep what was typed a moment before, in an example and in a snippet that was new', async () => {
    await visit(1280, '#example=09-lock');
    const { page } = playground;
    await shows('09-lock');
    await playground.setText(mine);
    await opensNew();
    await playground.setText('// new');
    await page.goBack();
    await playground.textIs(mine);
    expect(await hash()).toBe('#example=09-lock');
    await page.goForward();
    await playground.textIs('// new');
    expect(await hash()).toBe('');
    await page.reload();
    await playground.textIs('// new');
  });

  test('lead past a snippet that is deleted, and back to what is on another page', async () => {
    await visit(1280);
    const { page } = playground;
    await opensNew();
    await playground.setText('// gone');
    await page.select('#example', '09-lock');
    await shows('09-lock');
    await page.goto('about:blank');
    await page.goBack();
    await shows('09-lock');
    await choose(page, '#snippets-button');
    await page.waitForSelector('[aria-label="Delete My snippet"]');
    await page.click('[aria-label="Delete My snippet"]');
    await page.waitForSelector('#snippets .snippets-bin');
    await page.keyboard.press('Escape');
    await page.goBack();
    await playground.textIs(starter);
    await page.goBack();
    await shows('01-hello');
  });
});

test('Python is coloured once the editor has loaded', async () => {
  await visit(1280, '#example=01-hello');
  await playground.monaco();
  await playground.page.click('#python');
  await playground.page.waitForSelector('.python-code .token-keyword');
  expect(await playground.page.$eval('.python-code', ({ textContent }) => textContent)).toBe(example('01-hello.py'));
});

test('an example without Python says why', async () => {
  await visit(1280, '#example=27-who-waits-for-whom');
  await playground.page.click('#python');
  const remarks = await playground.page.waitForSelector('.python-remarks', { visible: true });
  expect(await remarks?.evaluate(({ textContent }) => textContent)).toContain('asyncio does not know');
  expect(await playground.page.$eval('.python-code', (code) => (code as HTMLElement).hidden)).toBe(true);
});

test('a gallery that cannot be loaded says so, and opens at the next try', async () => {
  await visit(1280);
  const { page } = playground;
  site.broken = /parts-.*\.js/;
  await choose(page, '#gallery-button');
  const problem = await page.waitForSelector('.problem span');
  expect(await problem?.evaluate(({ textContent }) => textContent)).toContain('could not be loaded');
  site.broken = undefined;
  playground.takeErrors();
  await openGallery();
});
