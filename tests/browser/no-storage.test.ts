import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Frame } from 'puppeteer-core';
import { Site, type Playground } from './harness.js';
import { choose } from './menus.js';
import { onlyInTestAll } from './sample.js';

let site: Site;
let playground: Playground;

beforeAll(async () => {
  site = await Site.open();
});

afterEach(() => playground.close());
afterAll(() => site.close());

const textIsLost = /Your text cannot be saved in this browser \(.+[^.]\)/;
const filesAreLost = /Files that programs write are not kept in this browser \(.+[^.]\)/;

const compiled = `#include <cstdio>
#include <fstream>
#include <string>
int main() {
  std::ofstream("note") << "written";
  std::string word;
  std::ifstream("note") >> word;
  std::puts(word.c_str());
}
`;

const problems = (frame: Frame): Promise<string> => frame.$eval('#problems', (element) => element.textContent ?? '');

async function run(frame: Frame, source?: string): Promise<{ outcome: string; console: string }> {
  return frame.evaluate(async (text) => {
    const page = window.asyncioPlayground;
    if (page === undefined) throw new Error('the page did not start');
    if (text !== undefined) page.setText(text);
    const { outcome } = await page.run();
    return { outcome: JSON.stringify(outcome), console: page.consoleText() };
  }, source);
}

/** The behaviour of every page without storage. */
async function worksAndSaysWhatIsLost(frame: Frame): Promise<void> {
  await frame.waitForFunction(() => window.asyncioPlayground !== undefined);
  await frame.waitForFunction(() => document.querySelector('#problems')?.textContent?.includes('are not kept'));
  expect(await problems(frame)).toMatch(textIsLost);
  expect(await problems(frame)).toMatch(filesAreLost);

  const starter = await run(frame);
  expect(starter.outcome).toBe('{"type":"complete","exitCode":0}');
  expect(starter.console).toContain('Hello');
  const own = await run(frame, compiled);
  expect(own.outcome).toBe('{"type":"complete","exitCode":0}');
  expect(own.console).toContain('written');
  expect(own.console).toMatch(/Not all files that the program wrote could be stored: this browser does not let the page keep files/);

  // An error of the page is reported as usual, without the claim that the text is saved.
  await frame.addScriptTag({ content: "setTimeout(() => { throw new Error('something broke'); });" });
  await frame.waitForFunction(() => document.querySelector('#problems')?.textContent?.includes('something broke'));
  expect(await problems(frame)).toContain('The page had an error: something broke. Your text is not saved');
  expect(await problems(frame)).not.toMatch(/is saved/);
  expect(playground.takeErrors()).toEqual([expect.stringContaining('something broke')]);

  // Each problem is reported once, however many runs there are.
  expect((await problems(frame)).match(/are not kept/g)).toHaveLength(1);
}

describe('a page without storage', () => {
  test('in a sandboxed frame compiles and runs, and says what it cannot keep', async () => {
    const frame = '<iframe sandbox="allow-scripts" src="./" style="width: 1200px; height: 700px"></iframe>';
    site.replaced.set('around.html', `<!doctype html><link rel="icon" href="data:,">${frame}`);
    playground = await site.visit(undefined, { fragment: 'around.html', service: true });
    const [, inner] = playground.page.frames();
    if (inner === undefined) throw new Error('there is no frame');
    await worksAndSaysWhatIsLost(inner);

    // Buttons and keys of forms, which do not work in a sandbox.
    await inner.evaluate((text) => {
      window.asyncioPlayground?.setText(text);
      void window.asyncioPlayground?.run();
    }, '#include <iostream>\n#include <string>\nint main() { std::string line; std::getline(std::cin, line); std::cout << "got " << line << std::endl; }\n');
    await inner.waitForSelector('#input:not([hidden])');
    await inner.type('#input-line', 'a line\n');
    await inner.waitForFunction(() => window.asyncioPlayground?.consoleText().includes('got a line'));
    await choose(inner, '#shortcuts');
    await inner.click('#shortcuts-dialog button');
    await inner.waitForSelector('#shortcuts-dialog:not([open])');
    await inner.click('#add-file');
    await inner.type('#name-dialog-name', 'more.hpp\n');
    await inner.waitForFunction(() => document.querySelector('#file-tabs')?.textContent?.includes('more.hpp'));
  });

  onlyInTestAll(() => {
    test('whose browser forbids all storage compiles and runs, and says what it cannot keep', async () => {
      playground = await site.visit(
        (page) =>
          page.evaluateOnNewDocument(() => {
            const get = (): never => {
              throw new DOMException('storage is forbidden', 'SecurityError');
            };
            for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'BroadcastChannel']) {
              Object.defineProperty(window, name, { get });
            }
            Object.defineProperty(Navigator.prototype, 'serviceWorker', { get });
          }),
        { service: true },
      );
      await worksAndSaysWhatIsLost(playground.page.mainFrame());
    });
  });

  onlyInTestAll(() => {
    test('whose service workers and databases are refused on access reports only that', async () => {
      playground = await site.visit(
        (page) =>
          page.evaluateOnNewDocument(() => {
            const refuse = (): Promise<never> => Promise.reject(new DOMException('denied', 'SecurityError'));
            Object.assign(ServiceWorkerContainer.prototype, { getRegistration: refuse, register: refuse });
            IDBFactory.prototype.open = () => {
              throw new DOMException('denied', 'SecurityError');
            };
          }),
        { service: true },
      );
      const { page } = playground;
      await playground.ready();
      await page.waitForFunction(() => document.querySelector('#offline')?.textContent !== '');
      expect(await problems(page.mainFrame())).toMatch(/^Your text cannot be saved.*Close.*Files that programs write.*Close$/);
    });
  });

  test('that does not respond delays no run', async () => {
    playground = await site.visit((page) =>
      page.evaluateOnNewDocument(() => {
        IDBFactory.prototype.open = () => ({}) as IDBOpenDBRequest;
      }),
    );
    const { page } = playground;
    await page.waitForFunction(() => window.asyncioPlayground !== undefined);
    expect(JSON.parse((await run(page.mainFrame())).outcome)).toEqual({ type: 'complete', exitCode: 0 });
    expect(await problems(page.mainFrame())).toMatch(/does not respond/);
  });
});

test('a page whose scripts cannot be loaded says so', async () => {
  playground = await site.visit(async (page) => {
    await page.setRequestInterception(true);
    page.on('request', (request) => {
      void (/assets\/index-.*\.js/.test(request.url()) ? request.abort() : request.continue());
    });
  });
  await playground.page.waitForFunction(() => document.querySelector('#problems')?.textContent !== '');
  expect(await problems(playground.page.mainFrame())).toContain('The page did not start because its scripts could not be loaded.');
  playground.takeErrors();
});
