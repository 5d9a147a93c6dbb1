import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Site, type Playground } from './harness.js';

let site: Site;

beforeAll(async () => {
  site = await Site.open();
});

afterAll(() => site.close());

const hello = '#include <cstdio>\nint main() { std::puts("loaded"); }\n';

function statusOf({ page }: Playground): Promise<string> {
  return page.$eval('#compiler', (status) => status.textContent);
}

describe('the compiler', () => {
  test('shows its download progress, and that it is ready', async () => {
    const playground = await site.visit((page) =>
      page.evaluateOnNewDocument(() => {
        const seen: string[] = [];
        Object.assign(window, { seen });
        document.addEventListener('DOMContentLoaded', () => {
          const status = document.getElementById('compiler');
          if (status === null) return;
          new MutationObserver(() => seen.push(status.textContent)).observe(status, {
            childList: true,
            characterData: true,
            subtree: true,
          });
        });
      }),
    );
    await playground.ready();
    expect(await statusOf(playground)).toContain('Compiler ready');
    const seen = await playground.page.evaluate(() => (window as unknown as { seen: string[] }).seen);
    const [, loaded = '', total = ''] = /Compiler: ([\d.]+) MB of ([\d.]+) MB/.exec(seen.join('\n')) ?? [];
    expect(Number(total)).toBeGreaterThan(10);
    expect(Number(loaded)).toBeLessThanOrEqual(Number(total));
    await playground.close();
  });

  test.each([
    ['the compiler', /llvm\.core\.wasm$/],
    ['the runtime', /asyncio-main.*\.wasm$/],
  ])('that cannot get %s says so, and Retry mends it', async (_what, file) => {
    site.broken = file;
    const playground = await site.visit();
    const { page } = playground;
    await page.waitForSelector('#compiler[data-state="failed"]');
    expect(await statusOf(playground)).toMatch(/could not be loaded: .*503/);
    const failed = await playground.run(hello);
    expect(failed.report.outcome.type).toBe('failed');
    expect(await playground.consoleText()).toMatch(/503/);
    expect(await playground.text()).toBe(hello);

    await page.waitForSelector('#compiler[data-state="failed"] button');
    site.broken = undefined;
    await page.click('#compiler button');
    await page.waitForSelector('#compiler[data-state="ready"]');
    expect((await playground.run(hello)).stdout).toBe('loaded\n');
    // The browser itself may report a 503 in the page's console.
    playground.takeErrors();
    await playground.close();
  });

  test('that is still loading makes a Run wait for it', async () => {
    const playground = await site.visit();
    await playground.page.waitForFunction(() => window.asyncioPlayground !== undefined);
    expect((await playground.run(hello)).stdout).toBe('loaded\n');
    await playground.close();
  });

  test('that a Run waits for is what the console speaks of until there is output', async () => {
    const letGo = site.hold(/compiler\.json$/);
    const playground = await site.visit();
    const { page } = playground;
    await page.waitForFunction(() => window.asyncioPlayground !== undefined);
    await playground.setText(hello);
    await page.click('#run');
    await page.waitForFunction(() => document.querySelector('#console-empty')?.textContent?.startsWith('The program starts when the compiler is loaded. Compiler: '));
    expect(await page.$eval('#console-empty', (text) => text.checkVisibility())).toBe(true);
    letGo();
    await playground.consoleShows('loaded\nFinished');
    expect(await page.$eval('#console-empty', (text) => text.checkVisibility())).toBe(false);
    await playground.close();
  });
});

test('where the code editor cannot be loaded, a problem leads to its place in the text area, also with lines wrapped', async () => {
  site.broken = /monaco-editor-.*\.js/;
  const playground = await site.visit((page) =>
    page.evaluateOnNewDocument(() => localStorage.setItem('asyncio:settings', JSON.stringify({ wrap: true }))),
  );
  const { page } = playground;
  await playground.ready();
  await page.waitForSelector('.problem');
  site.broken = undefined;
  await playground.run(`${`// ${'long '.repeat(100)}\n`.repeat(100)}int main() { return missing; }\n`);
  await page.click('#problems-tab');
  await page.click('button.diagnostic-line');
  const below = await page.$eval('#source', (area) => area.scrollHeight - area.scrollTop - area.clientHeight);
  expect(Math.abs(below)).toBeLessThan(2);
  playground.takeErrors();
  await playground.close();
});
