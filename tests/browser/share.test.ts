import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'puppeteer-core';
import { deflateSync } from 'node:zlib';
import { Site, type Playground } from './harness.js';
import { choose } from './menus.js';
import { sampleOf } from './sample.js';
import { newPage } from './new-page.js';

let site: Site;
let playground: Playground;

beforeAll(async () => {
  site = await Site.open();
});

afterAll(() => site.close());
afterEach(() => playground.close());

const mine = '// mine\nint main() { return 0; }\n';
const theirs = {
  title: '<img src=x onerror="window.hacked = true">',
  files: [{ name: 'main.cpp', text: '#include <cstdio>\nint main() { std::puts("from a link"); }\n' }],
  options: { optimisation: '1', seed: 42 },
};

const codeOf = (json: unknown): string => `1.${deflateSync(JSON.stringify(json)).toString('base64url')}`;
const started = (page: Page): Promise<unknown> => page.waitForFunction(() => window.asyncioPlayground !== undefined);
const textOf = (selector: string): Promise<string> =>
  playground.page.$eval(selector, (element) => (element as HTMLElement).innerText.replaceAll(/\s+/g, ' ').trim());
const isBlank = (): Promise<boolean> => playground.page.evaluate(() => document.body.innerText.trim() === '');

/** A visitor who has written something, then follows the link in the same tab. */
async function visitorOpens(hash: string, { compiler = false } = {}): Promise<void> {
  playground = await site.visit(undefined, { compiler });
  const { page } = playground;
  await started(page);
  await playground.setText(mine);
  await page.evaluate((fragment) => {
    location.hash = fragment;
  }, hash);
}

describe.each(sampleOf([1280, 390], 1))('a share link in a window of %d pixels', (width) => {
  test('is copied, and opens its snippet for another visitor, who is told what it contains', async () => {
    playground = await site.visit((page) => page.setViewport({ width, height: 800 }));
    const { page } = playground;
    await page.browserContext().overridePermissions(new URL(site.url).origin, ['clipboard-read', 'clipboard-write', 'clipboard-sanitized-write']);
    await started(page);
    await playground.setText(theirs.files[0]?.text ?? '');
    // A phone has it in More.
    if (width < 640) await page.click('#more-screen');
    await page.click('#share-button');
    await page.waitForSelector('#share[open]');
    expect(await textOf('#share')).toMatch(/“First steps.*”: 1 file, 2 lines, \d+ B\..*This link has \d+ characters/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.click('#share ::-p-text(Copy link)');
    await page.waitForSelector('#share ::-p-text(Copied.)');
    const link = await page.$eval('#share textarea', (field) => (field).value);
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);

    const other = await newPage(page.browserContext());
    await other.goto(link);
    await started(other);
    expect(await other.evaluate(() => window.asyncioPlayground?.getText())).toBe(theirs.files[0]?.text);
    expect(await other.$eval('#link-banner', (banner) => (banner as HTMLElement).innerText)).toMatch(/From a link: “First steps.*1 file, 2 lines/);
    // Nothing runs by itself.
    await other.evaluate(() => window.asyncioPlayground?.ready());
    expect(await other.evaluate(() => window.asyncioPlayground?.consoleText())).toBe('');
    expect(await other.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
});

describe('a link that is opened', () => {
  test('leaves the visitor their own work, and its title is text', async () => {
    await visitorOpens(`code=${codeOf(theirs)}`);
    const { page } = playground;
    await playground.textIs(theirs.files[0]?.text ?? '');
    const banner = await textOf('#link-banner');
    expect(banner).toContain(`“${theirs.title}”, 1 file, 2 lines, 59 B, -O1, seed 42. It has not run`);
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    await page.click('#link-banner ::-p-text(Back to my snippet)');
    await playground.textIs(mine);
    expect(await page.evaluate(() => location.hash)).not.toContain('code');
    expect(await page.$eval('#link-banner', (root) => (root as HTMLElement).hidden)).toBe(true);
  });

  test('is opened again by a reload until it is edited; then the edited text is', async () => {
    await visitorOpens(`code=${codeOf(theirs)}`);
    const { page } = playground;
    await playground.textIs(theirs.files[0]?.text ?? '');
    await page.reload();
    await started(page);
    expect(await playground.text()).toBe(theirs.files[0]?.text);
    await playground.setText('// edited');
    await page.waitForFunction(() => location.hash === '');
    await page.reload();
    await started(page);
    expect(await playground.text()).toBe('// edited');
    await choose(page, '#snippets-button');
    await page.waitForFunction(() => document.querySelectorAll('#snippets .snippet-title').length === 2);
  });

  test('is left by Back and shown again by Forward, as it was edited', async () => {
    await visitorOpens(`code=${codeOf(theirs)}`);
    const { page } = playground;
    const text = theirs.files[0]?.text ?? '';
    await playground.textIs(text);
    await page.goBack();
    await playground.textIs(mine);
    expect(await page.$eval('#link-banner', (root) => (root as HTMLElement).hidden)).toBe(true);
    await page.goForward();
    await playground.textIs(text);
    expect(await textOf('#link-banner')).toContain('From a link');
    await playground.setText('// edited');
    await page.goBack();
    await playground.textIs(mine);
    await page.goForward();
    await playground.textIs('// edited');
  });

  test('runs with its own options and input when Run is clicked', async () => {
    await visitorOpens(`code=${codeOf(theirs)}`, { compiler: true });
    await playground.textIs(theirs.files[0]?.text ?? '');
    await playground.ready();
    await playground.page.click('#run');
    await playground.consoleShows('from a link');
  });
});

describe('a link that cannot be opened', () => {
  const good = codeOf(theirs);

  test.each([
    ['a broken one', `code=1.${'x'.repeat(100)}`, /This link is broken/],
    ['a truncated one', `code=${good.slice(0, good.length / 2)}`, /This link is broken/],
    ['an empty one', 'code=', /This link is broken/],
    ['one from a newer version', 'code=3.abcdef', /newer version of this page/],
    ['one of 1.9 MB that is broken', `code=1.${'A'.repeat(1_900_000)}`, /This link is broken/],
    ['one that unpacks to 300 MB', `code=1.${deflateSync(Buffer.alloc(300_000_000)).toString('base64url')}`, /more than 4 MB/],
    ['one of something else', `code=${codeOf({ files: '<script>window.hacked = true</script>' })}`, /it does not contain a valid snippet/],
  ])('says so and leaves the page as it is: %s', async (_what, hash, why) => {
    await visitorOpens(hash);
    await playground.page.waitForSelector('.problem span');
    expect(await textOf('.problem span')).toMatch(why);
    expect(await playground.text()).toBe(mine);
  });

  test('of 5 MB, which the browser itself refuses, leaves the page as it is', async () => {
    await visitorOpens(`code=1.${'A'.repeat(5_000_000)}`);
    expect(await isBlank()).toBe(false);
    expect(await playground.text()).toBe(mine);
  });

  test('is not a blank page on a first visit either', async () => {
    playground = await site.visit(undefined, { compiler: false });
    const { page } = playground;
    await started(page);
    await page.goto('about:blank');
    await page.goto(`${site.url}#code=${good.slice(0, 50)}`);
    await started(page);
    await page.waitForSelector('.problem span');
    expect(await textOf('.problem span')).toMatch(/This link is broken/);
    expect(await playground.text()).toContain('#include');
  });
});

test('a snippet that is too large for a link says so, with its size', async () => {
  playground = await site.visit(undefined, { compiler: false });
  const { page } = playground;
  await started(page);
  // Random letters do not compress.
  await page.evaluate(() => {
    let text = '';
    for (let block = 0; block < 60; block += 1) {
      text += `// ${btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(40_000))))}\n`;
    }
    window.asyncioPlayground?.setText(text);
  });
  await page.click('#share-button');
  await page.waitForSelector('#share[open]');
  expect(await textOf('#share')).toMatch(/too large for a link: it would have 3,\d\d\d,\d\d\d characters/);
  expect(await page.$eval('#share textarea', (field) => (field as HTMLElement).hidden)).toBe(true);
});

test('where the clipboard is forbidden, the link is copied in another way or left selected', async () => {
  playground = await site.visit((page) =>
    page.evaluateOnNewDocument(() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
    }),
    { compiler: false },
  );
  const { page } = playground;
  await started(page);
  await page.click('#share-button');
  await page.waitForSelector('#share[open]');
  await page.click('#share ::-p-text(Copy link)');
  await page.waitForFunction(() => document.querySelector('#share [role=status]')?.textContent !== '');
  expect(await textOf('#share [role=status]')).toMatch(/Copied\.|The link is selected/);
  expect(
    await page.$eval('#share textarea', (field) => {
      const { selectionStart, selectionEnd, value } = field;
      return selectionEnd - selectionStart === value.length;
    }),
  ).toBe(true);
});

test('the link to Compiler Explorer reveals nothing of this page, and is not there where the program would not compile', async () => {
  playground = await site.visit(undefined, { compiler: false });
  const { page } = playground;
  await started(page);
  await page.click('#share-button');
  await page.waitForSelector('#share[open]');
  await page.waitForSelector('#share ::-p-text(This one is not public: only plain C++ compiles there)');
  expect(await page.$eval('#share a', (anchor) => anchor.checkVisibility())).toBe(false);
  await page.keyboard.press('Escape');
  await playground.setText('int main() {}\n');
  await page.click('#share-button');
  await page.waitForSelector('#share[open] a', { visible: true });
  expect(await textOf('#share')).not.toContain('asyncio.hpp');
  const link = await page.$eval('#share a', (anchor) => {
    const { href, target, rel } = anchor;
    return { href, target, rel, visible: anchor.checkVisibility() };
  });
  expect(link.href).toMatch(/^https:\/\/godbolt\.org\/clientstate\/[\w-]+$/);
  expect(link).toMatchObject({ target: '_blank', rel: 'noopener noreferrer', visible: true });
});

test('the header for other compilers is beside the page, for every site', async () => {
  const answer = await fetch(new URL('asyncio.hpp', site.url));
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  expect(await answer.text()).toMatch(/^\/\/ asyncio for C\+\+ \d/);
});
