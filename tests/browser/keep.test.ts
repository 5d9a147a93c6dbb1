import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Page } from 'puppeteer-core';
import { axeViolations } from './axe.js';
import { Site, type Playground } from './harness.js';
import { choose } from './menus.js';
import { onlyInTestAll, sampleOf } from './sample.js';
import { newPage } from './new-page.js';

let site: Site;
let playground: Playground;

beforeAll(async () => {
  site = await Site.open();
});

afterAll(() => site.close());

const mine = '// mine\nint main() { return 0; }\n';

/** Waits until the page is ready, with the snippet that was open. */
const started = (page: Page): Promise<unknown> => page.waitForFunction(() => window.asyncioPlayground !== undefined);
const shows = (page: Page, selector: string, text: string): Promise<unknown> =>
  page.waitForFunction((where, wanted) => document.querySelector(where)?.textContent?.includes(wanted), {}, selector, text);
const textOf = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, (element) => (element as HTMLElement).innerText.replaceAll(/\s+/g, ' ').trim());
const titles = (page: Page): Promise<(string | null)[]> =>
  page.$$eval('#snippets .snippet-title', (items) => items.map(({ textContent }) => textContent));

async function openSnippets(page: Page): Promise<void> {
  await choose(page, '#snippets-button');
  await page.waitForSelector('#snippets[open]');
}

/** Waits until IndexedDB has the text. */
const stored = (page: Page, text: string): Promise<unknown> =>
  page.waitForFunction(
    (wanted) =>
      new Promise((resolve) => {
        const opening = indexedDB.open('asyncio-snippets');
        opening.onsuccess = () => {
          const all = opening.result.transaction('snippets').objectStore('snippets').getAll();
          all.onsuccess = () => {
            opening.result.close();
            resolve(JSON.stringify(all.result).includes(JSON.stringify(wanted)));
          };
        };
      }),
    { polling: 30 },
    text,
  );

describe.each(sampleOf([1280, 390], 1))('snippets in a window of %d pixels', (width) => {
  beforeEach(async () => {
    playground = await site.visit((page) => page.setViewport({ width, height: 800 }), { compiler: false });
    await started(playground.page);
  });

  afterEach(() => playground.close());

  test('are made, named, searched, duplicated, deleted and brought back', async () => {
    const { page } = playground;
    await openSnippets(page);
    await page.click('#snippets ::-p-text(New)');
    await page.waitForSelector('#snippets:not([open])');
    await playground.setText(mine);
    await openSnippets(page);
    await page.waitForSelector('#snippets .snippet');
    expect(await titles(page)).toEqual(['My snippet']);

    const name = '<img src=x onerror="window.hacked = true">';
    await page.click('[aria-label="Rename My snippet"]');
    await page.keyboard.type(name);
    await page.keyboard.press('Enter');
    await shows(page, '#snippets .snippet-title', name);
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    expect(await page.title()).toContain(name);
    expect(await page.$$eval('img', (images) => images.length)).toBe(0);

    await page.click(`[aria-label='Duplicate ${name}']`);
    await page.waitForFunction(() => document.querySelectorAll('#snippets .snippet-title').length === 2);
    expect(await titles(page)).toEqual([`Copy of ${name}`, name]);
    await page.type('#snippets input[type=search]', 'copy of');
    await page.waitForFunction(() => document.querySelectorAll('#snippets .snippet-title').length === 1);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);

    await page.locator(`[aria-label='Delete Copy of ${name}']`).click();
    await shows(page, '#snippets .snippets-bin summary', 'Deleted (1)');
    await page.click('#snippets .dialog-head button');
    await page.waitForSelector('#snippets:not([open])');
    await page.click('#notices ::-p-text(Undo)');
    await openSnippets(page);
    await page.waitForFunction(() => document.querySelectorAll('#snippets .snippet-title').length === 2);
  });

  test('are opened by keyboard alone', async () => {
    const { page } = playground;
    await playground.setText(mine);
    await page.select('#example', '02-gather-with-semaphore');
    await playground.textIsNot(mine);
    await page.focus('#project');
    for (const key of ['Enter', 'Tab', 'Tab', 'Tab', 'Enter'] as const) await page.keyboard.press(key);
    await page.waitForSelector('#snippets[open] .snippet-title');
    // Starts in the search field, which has the focus.
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('snippet-title');
    await page.keyboard.press('Enter');
    await playground.textIs(mine);
    await page.waitForSelector('#snippets:not([open])');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('project');
  });

  test('have a history', async () => {
    const { page } = playground;
    await playground.setText(mine);
    await choose(page, '#reset');
    await playground.textIsNot(mine);
    const original = await playground.text();
    await playground.setText('// two');
    await openSnippets(page);
    await page.waitForSelector('#snippets .snippet');
    await page.click('[aria-label^="History of"]');
    await page.waitForSelector('#snippets .history-time');
    await page.select('#snippets .history-choice select', 'text');
    for (const time of await page.$$('#snippets .history-time')) {
      await time.click();
      if ((await page.$eval('#snippets pre', (pre) => pre.textContent)) === mine) break;
    }
    expect(await page.$eval('#snippets pre', (pre) => pre.textContent)).toBe(mine);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.click('#snippets ::-p-text(Restore this version)');
    await playground.textIs(mine);
    expect(original).not.toBe(mine);
    await page.reload();
    await started(page);
    expect(await playground.text()).toBe(mine);
  });
});

describe.each(sampleOf([
  { width: 1280, theme: 'light' },
  { width: 390, theme: 'dark' },
], 1))('a history in a window of $width pixels, $theme,', ({ width, theme }) => {
  const lines = (): Promise<string[]> =>
    playground.page.$$eval('#snippets .diff code > *', (each) => each.map(({ textContent }) => textContent.trimEnd()));
  const chooses = (shown: string): Promise<unknown> => playground.page.select('#snippets .history-choice select', shown);

  beforeEach(async () => {
    playground = await site.visit(
      async (page) => {
        await page.setViewport({ width, height: 800 });
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
      },
      { compiler: false },
    );
    await started(playground.page);
    // Each Reset keeps the text before it as a version.
    for (const text of ['// one\n// two\n', '// one\n// 2 <img src=x>\n']) {
      await playground.setText(text);
      await choose(playground.page, '#reset');
      await playground.textIsNot(text);
    }
    await playground.setText('// one\n// now\n');
    await openSnippets(playground.page);
    await playground.page.locator('#snippets [aria-label^="History of"]').click();
    await playground.page.waitForSelector('#snippets .history-time');
  });

  afterEach(() => playground.close());

  test('shows what changed, by the version before and by what is there now', async () => {
    const { page } = playground;
    await page.waitForSelector('#snippets .diff ins');
    expect(await lines()).toEqual(['  // one', '− // two', '+ // 2 <img src=x>']);
    expect(await textOf(page, '#snippets .history-summary')).toBe('1 line added, 1 removed.');
    await chooses('return');
    await page.waitForSelector('#snippets .diff ::-p-text(// now)');
    expect(await lines()).toEqual(['  // one', '− // now', '+ // 2 <img src=x>']);
    await chooses('changes');
    await page.click('#snippets li:last-child .history-time');
    await shows(page, '#snippets .history-summary', 'This is the oldest version that is kept.');
    expect(await page.$eval('#snippets pre', (pre) => pre.textContent)).toBe('// one\n// two\n');
  });

  test('fits the window, and has nothing that axe finds', async () => {
    const { page } = playground;
    await page.waitForSelector('#snippets .diff ins');
    expect(await axeViolations(page, '#snippets')).toEqual([]);
    const box = await page.$eval('#snippets', (dialog) => [dialog.scrollWidth - dialog.clientWidth, dialog.getBoundingClientRect().right - innerWidth]);
    expect(Math.max(...box)).toBeLessThanOrEqual(0);
    expect((await (await page.$('#snippets .history-times'))?.boundingBox())?.height).toBeGreaterThan(80);
    const [del, ins] = await Promise.all(['del', 'ins'].map((name) => page.$eval(`#snippets .diff ${name}`, (line) => getComputedStyle(line).backgroundColor)));
    expect(del).not.toBe(ins);
  });

  test('that cannot be loaded says so, and opens at the next try', async () => {
    const { page } = playground;
    site.broken = /history-view-.*\.js/;
    await page.reload();
    await started(page);
    await openSnippets(page);
    await page.locator('#snippets [aria-label^="History of"]').click();
    await shows(page, '.problem span', 'The history could not be loaded');
    site.broken = undefined;
    playground.takeErrors();
    await openSnippets(page);
    await page.locator('#snippets [aria-label^="History of"]').click();
    await page.waitForSelector('#snippets .diff ins');
  });
});

describe('what was typed', () => {
  beforeEach(async () => {
    playground = await site.visit(undefined, { compiler: false });
    await started(playground.page);
  });

  afterEach(() => playground.close());

  test('is restored after a crash of the tab', async () => {
    const { page } = playground;
    const typed = Date.now();
    await playground.setText(mine);
    await stored(page, mine);
    // Nothing tells the page to save. It takes 300 ms on an idle machine; here the processor is shared.
    process.stdout.write(`saved ${Date.now() - typed} ms after it was typed\n`);
    expect(Date.now() - typed).toBeLessThan(10_000);
    const other = await newPage(page.browserContext());
    page.goto('chrome://crash').catch(() => undefined);
    await other.goto(site.url);
    await started(other);
    expect(await other.evaluate(() => window.asyncioPlayground?.getText())).toBe(mine);
  });

  test('in one tab is seen in another, and both texts stay when both are typed in', async () => {
    const { page } = playground;
    await playground.setText('// first');
    await stored(page, '// first');
    const other = await newPage(page.browserContext());
    await other.goto(site.url);
    await started(other);
    const otherText = (): Promise<string | undefined> => other.evaluate(() => window.asyncioPlayground?.getText());
    expect(await otherText()).toBe('// first');
    await playground.setText('// second');
    await other.waitForFunction(() => window.asyncioPlayground?.getText() === '// second', { polling: 30 });
    expect(await textOf(other, '#notices')).toContain('Updated to the text of another tab.');
    // It passes by itself, but not while it is pointed at or has the focus.
    const passes = (state: string): Promise<unknown> =>
      other.waitForFunction((wanted) => document.querySelector('.toast.passing')?.getAnimations()[0]?.playState === wanted, { polling: 30 }, state);
    await other.hover('.toast.passing');
    await passes('paused');
    await other.mouse.move(600, 5);
    await passes('running');
    await other.focus('.toast.passing button');
    await passes('paused');
    await other.$eval('.toast.passing', (toast) => {
      (document.activeElement as HTMLElement).blur();
      toast.getAnimations()[0]?.finish();
    });
    await other.waitForSelector('.toast.passing', { hidden: true });

    // At the same moment, so that neither tab knows of the other's save.
    const typeOnSignal = (tab: Page, text: string): Promise<void> =>
      tab.evaluate((value) => {
        new BroadcastChannel('test').addEventListener('message', () => window.asyncioPlayground?.setText(value));
      }, text);
    await typeOnSignal(page, '// of the first tab');
    await typeOnSignal(other, '// of the second tab');
    await other.evaluate(() => new BroadcastChannel('test').postMessage('go'));
    // A background tab is not drawn, so polling by frame would not work.
    for (const tab of [page, other]) {
      await tab.waitForFunction(() => document.querySelector('#notices')?.textContent?.includes('history'), { polling: 30 });
    }
    // It offers something to do, so it stays.
    expect(await page.$eval('.toast.notice', (toast) => toast.getAnimations().length)).toBe(0);
    expect(await otherText()).toBe(await playground.text());
    await page.bringToFront();
    await page.click('#notices ::-p-text(History)');
    await page.waitForSelector('#snippets .history-time');
    expect(await textOf(page, '#snippets .history-times')).toContain('From another tab');
    await page.select('#snippets .history-choice select', 'text');
    const texts: (string | null)[] = [await playground.text()];
    for (const time of await page.$$('#snippets .history-time')) {
      await time.click();
      texts.push(await page.$eval('#snippets pre', (pre) => pre.textContent));
    }
    expect(texts).toEqual(expect.arrayContaining(['// of the first tab', '// of the second tab']));
  });

  onlyInTestAll(() => {
    test('as 5 MB is saved, and there after a reload', async () => {
      const { page } = playground;
      const large = `${'// a line that is one of very many\n'.repeat(150_000)}int main() {}\n`;
      await playground.setText(large);
      await stored(page, large);
      await page.reload();
      await started(page);
      expect(await playground.text()).toBe(large);
    });
  });

  test('before snippets existed is now a snippet', async () => {
    const { page } = playground;
    await page.evaluate((text) => {
      localStorage.setItem('asyncio-playground:draft:05-timeouts', text);
      localStorage.setItem('asyncio-playground:current', '05-timeouts');
    }, mine);
    await page.goto('about:blank');
    await page.goto(site.url);
    await started(page);
    expect(await playground.text()).toBe(mine);
    expect(await page.evaluate(() => localStorage.getItem('asyncio-playground:draft:05-timeouts'))).toBeNull();
  });
});

describe('a storage', () => {
  afterEach(() => playground.close());

  const problem = async (): Promise<string> => {
    await playground.page.waitForSelector('.problem span');
    return textOf(playground.page, '.problem span');
  };

  test('that is forbidden leaves a page that works and says so', async () => {
    playground = await site.visit((page) =>
      page.evaluateOnNewDocument(() => {
        const get = (): never => {
          throw new DOMException('storage is forbidden', 'SecurityError');
        };
        for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) Object.defineProperty(window, name, { get });
      }),
      { compiler: false },
    );
    await started(playground.page);
    await playground.setText(mine);
    expect(await playground.text()).toBe(mine);
    expect(await problem()).toContain('storage is forbidden');
  });

  test('that has no room left says so, and the text stays for the visit', async () => {
    playground = await site.visit((page) =>
      page.evaluateOnNewDocument(() => {
        IDBObjectStore.prototype.put = () => {
          throw new DOMException('x', 'QuotaExceededError');
        };
      }),
      { compiler: false },
    );
    const { page } = playground;
    await started(page);
    await playground.setText(mine);
    expect(await problem()).toContain('there is no space left');
    await page.select('#example', '02-gather-with-semaphore');
    await playground.textIsNot(mine);
    await page.select('#example', '01-hello');
    await playground.textIs(mine);
  });

  test.each([
    ['damaged in itself', { id: 'example:01-hello', project: '<img src=x onerror=alert(1)>' }],
    ['of another shape', { id: 'example:01-hello', project: { title: 'x', files: [{ name: 7 }] }, createdAt: 1, changedAt: 1, revision: 1 }],
  ])('whose autosave is %s says so, gives it out, and the page works', async (_what, record) => {
    playground = await site.visit(undefined, { compiler: false });
    const { page } = playground;
    await started(page);
    const original = await playground.text();
    await playground.setText(mine);
    await stored(page, mine);
    await page.evaluate(
      (broken) =>
        new Promise<void>((resolve) => {
          const opening = indexedDB.open('asyncio-snippets');
          opening.onsuccess = () => {
            const transaction = opening.result.transaction('snippets', 'readwrite');
            transaction.objectStore('snippets').put(broken);
            transaction.oncomplete = () => {
              opening.result.close();
              resolve();
            };
          };
        }),
      record,
    );
    await page.reload();
    await started(page);
    expect(await problem()).toContain('A snippet is damaged and cannot be opened');
    expect(await playground.text()).toBe(original);
    await page.waitForSelector('.problem ::-p-text(Download it)');
    await openSnippets(page);
    await shows(page, '#snippets', 'Download the stored data');
    await page.keyboard.press('Escape');
    await playground.setText('// anew');
    await stored(page, '// anew');
  });

  test('whose journal is damaged says so, and the page works', async () => {
    playground = await site.visit(undefined, { compiler: false });
    const { page } = playground;
    await started(page);
    await page.evaluate(() => {
      localStorage.setItem('asyncio-playground:unsaved:gone:x', '{"id":"x","project":{"tit');
      localStorage.setItem('asyncio-playground:open', '\u0000{{{');
    });
    await page.reload();
    await started(page);
    expect(await problem()).toContain('The last typed text is damaged');
    await playground.setText('// anew');
    await stored(page, '// anew');
  });
});

describe('files', () => {
  beforeEach(async () => {
    playground = await site.visit(undefined, { compiler: false });
    await started(playground.page);
  });

  afterEach(() => playground.close());

  test('that are dropped on the page are opened as a snippet of their own', async () => {
    const { page } = playground;
    await page.evaluate((text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], 'my queue.cpp'));
      const target = document.querySelector('#editor') ?? document.body;
      for (const type of ['dragenter', 'dragover', 'drop']) {
        target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
      }
    }, mine);
    await playground.textIs(mine);
    await openSnippets(page);
    await page.waitForSelector('#snippets .snippet');
    expect(await titles(page)).toEqual(['my queue']);
  });

  test('that are not text are refused with a message', async () => {
    const { page } = playground;
    const before = await playground.text();
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([new Uint8Array([0xff, 0xfe, 0x00])], 'picture.cpp'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    });
    await shows(page, '.problem span', 'picture.cpp is not UTF-8 text');
    expect(await playground.text()).toBe(before);
  });
});
