import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { axeViolations } from './axe.js';
import { Site, type Playground } from './harness.js';
import { screens } from './screens.js';

let site: Site;
let playground: Playground;

beforeAll(async () => {
  site = await Site.open();
  playground = await site.visit((page) => page.setViewport({ width: 390, height: 780, isMobile: true, hasTouch: true, deviceScaleFactor: 2 }));
  await playground.ready();
});

afterAll(async () => {
  await playground.close();
  await site.close();
});

function source(): Promise<string> {
  return playground.page.$eval('#source', (area) => (area as HTMLTextAreaElement).value);
}

test('a phone edits in a text area, with the keys that its keyboard lacks', async () => {
  const { page } = playground;
  await page.waitForSelector('.touch-keys');
  expect(await page.$('.monaco-editor')).toBeNull();
  await playground.setText('');
  await page.tap('#source');
  await page.keyboard.type('int main() ');
  await page.tap('.touch-keys [aria-label="{"]');
  await page.keyboard.press('Enter');
  await page.keyboard.type('return 0;');
  await page.keyboard.press('Enter');
  await page.tap('.touch-keys [aria-label="}"]');
  expect(await source()).toBe('int main() {\n    return 0;\n    }');
  await page.tap('.touch-keys [aria-label="Undo"]');
  expect(await source()).not.toContain('}');
});

test('the text is in colours, exactly under the letters that are typed', async () => {
  const { page } = playground;
  await playground.setText(`// a comment\nint main() {}\n${'x'.repeat(200)}\n`);
  const lines = (): Promise<string[]> => page.$$eval('.editor-layer > div', (all) => all.map((line) => line.textContent));
  expect(await lines()).toEqual([...(await source()).split('\n')]);
  expect(await page.$$eval('.editor-layer .code-keyword', (words) => words.map((word) => word.textContent))).toEqual(['int']);
  await page.$eval('#source', (area) => (area as HTMLTextAreaElement).setSelectionRange(12, 12));
  await page.focus('#source');
  await page.keyboard.type('s\nint x;');
  expect(await lines()).toEqual((await source()).split('\n'));
  expect((await page.$eval('.editor-numbers', (numbers) => numbers.textContent)).split('\n')).toHaveLength(5);
  const { area, layer } = await page.evaluate(() => {
    const boxOf = (selector: string) => document.querySelector(selector)?.getBoundingClientRect().toJSON() as object;
    return { area: boxOf('#source'), layer: boxOf('.editor-layer') };
  });
  expect(area).toEqual(layer);
  // Nothing of it is cut off: the text area itself need not scroll.
  expect(await page.$eval('#source', ({ scrollWidth, clientWidth, scrollHeight, clientHeight }) => [scrollWidth - clientWidth, scrollHeight - clientHeight])).toEqual([0, 0]);
});

test('a line with an error is underlined until it is typed in', async () => {
  const { page } = playground;
  await playground.setText('int main() {\n  return missing;\n}\n');
  await page.waitForSelector('.editor-layer .has-error');
  expect(await page.$$eval('.has-error', (lines) => lines.map((line) => line.textContent))).toEqual(['  return missing;']);
});

test('Code, Output, Timeline and More are all that is between the header and the tabs, one at a time', async () => {
  const { page } = playground;
  const panes = { code: '.pane-editor', output: '#console-view', timeline: '#timeline-view', more: '#problems-view' };
  for (const screen of screens) {
    await page.tap(`#${screen}-screen`);
    const shown = await page.evaluate((all) => Object.entries(all).flatMap(([name, pane]) => (document.querySelector(pane)?.checkVisibility() === true ? [name] : [])), panes);
    expect(shown).toEqual([screen]);
    const [header, main, status, tabs] = await page.$$eval('.toolbar, main, .status-bar, .screens', (parts) => parts.map((part) => part.getBoundingClientRect().toJSON() as DOMRect));
    expect([main?.top, main?.bottom, status?.bottom, tabs?.bottom]).toEqual([header?.bottom, status?.top, tabs?.top, 780]);
    expect(await page.$$eval('main > :is(.pane-editor, .pane-console)', (all) => all.flatMap((pane) => (pane.checkVisibility() ? [pane.getBoundingClientRect().top] : [])))).toEqual([main?.top]);
    expect(await axeViolations(page)).toEqual([]);
  }
});

test('the tabs at the bottom are chosen by arrow keys, and are one stop of the Tab key', async () => {
  const { page } = playground;
  const selected = (): Promise<string[]> => page.$$eval('#screens [aria-selected="true"]', (tabs) => tabs.map(({ id }) => id));
  await page.tap('#code-screen');
  await page.focus('#code-screen');
  await page.keyboard.press('ArrowLeft');
  expect(await selected()).toEqual(['more-screen']);
  expect(await page.$$eval('#screens [role="tab"]', (tabs) => tabs.map((tab) => (tab as HTMLElement).tabIndex))).toEqual([-1, -1, -1, 0]);
  // Those of More are among themselves.
  await page.focus('#problems-tab');
  await page.keyboard.press('ArrowLeft');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('files-tab');
  expect(await selected()).toEqual(['more-screen']);
  await page.keyboard.press('ArrowRight');
  await page.tap('#code-screen');
});

test('Run shows the output to someone who looks at the code, and what is printed later is a dot on its tab', async () => {
  const { page } = playground;
  const screen = (): Promise<string | undefined> => page.evaluate(() => document.body.dataset['screen']);
  const dot = (): Promise<boolean> => page.$eval('#output-news', (news) => news.checkVisibility());
  await page.evaluate(() => window.asyncioPlayground?.setStdin(null));
  await playground.setText('#include <iostream>\nint main() { int a; std::cin >> a; std::cout << a * 2; }\n');
  await page.tap('#source');
  await page.tap('#run');
  expect(await screen()).toBe('output');
  await page.waitForSelector('#input[data-awaited]', { visible: true });
  expect(await dot()).toBe(false);
  await page.tap('#code-screen');
  await page.tap('#source');
  await page.evaluate(() => window.asyncioPlayground?.input('21\n'));
  await playground.consoleShows('42');
  expect(await screen()).toBe('code');
  await page.waitForSelector('#output-news', { visible: true });
  await page.tap('#output-screen');
  expect(await dot()).toBe(false);
});

test('a problem is counted on More, and leads to its line', async () => {
  const { page } = playground;
  await page.tap('#code-screen');
  await playground.setText('int main() {\n  return missing;\n}\n');
  await page.waitForFunction(() => document.querySelector('#more-screen .problem-count')?.textContent === '1');
  await page.tap('#more-screen');
  await page.tap('#problems-tab');
  await page.tap('.diagnostic-line');
  expect(await page.evaluate(() => [document.body.dataset['screen'], document.activeElement?.id])).toEqual(['code', 'source']);
});

test('text that is set while the code is out of sight gets into no other field', async () => {
  const { page } = playground;
  await page.tap('#output-screen');
  await page.tap('#filter');
  await playground.setText('int main() {}\n');
  expect(await page.$eval('#filter', (field) => (field as HTMLInputElement).value)).toBe('');
  expect(await source()).toBe('int main() {}\n');
  await page.tap('#code-screen');
});

test('what is typed is checked and run', async () => {
  const { page } = playground;
  await playground.setText('#include <print>\nint main() { std::println("from a phone") }\n');
  await page.waitForFunction(() => document.getElementById('diagnostics')?.textContent.includes("expected ';'"));
  await playground.setText('#include <print>\nint main() { std::println("from a phone"); }\n');
  await page.tap('#run');
  await playground.consoleShows('from a phone');
  await page.tap('#code-screen');
});

test('the text is formatted at a tap', async () => {
  await playground.setText('int main( ){return   0 ;}\n');
  await playground.page.tap('#format');
  await playground.page.waitForFunction(() => window.asyncioPlayground?.getText() === 'int main() { return 0; }\n');
});

test('nothing is wider than the screen, no field makes it zoom, and touch targets are large enough', async () => {
  const { page } = playground;
  const faults = () =>
    page.evaluate(() => {
      const shown = [...document.querySelectorAll<HTMLElement>('button, select, input, textarea')].filter((each) => each.checkVisibility());
      const nameOf = ({ id, textContent }: HTMLElement): string => id || textContent;
      return {
        wide: Math.max(0, document.documentElement.scrollWidth - innerWidth),
        small: shown.filter((each) => each.matches('input:not([type=checkbox]), textarea') && parseFloat(getComputedStyle(each).fontSize) < 16).map(nameOf),
        tiny: shown
          .filter((each) => {
            const { width, height } = (each.closest('label') ?? each).getBoundingClientRect();
            return width < 44 || height < 44;
          })
          .map(nameOf),
      };
    });
  for (const screen of screens) {
    await page.tap(`#${screen}-screen`);
    expect({ screen, ...(await faults()) }).toEqual({ screen, wide: 0, small: [], tiny: [] });
  }
  for (const tab of ['waits', 'stdin', 'files']) {
    await page.tap(`#${tab}-tab`);
    expect({ tab, ...(await faults()) }).toEqual({ tab, wide: 0, small: [], tiny: [] });
  }
  for (const opener of ['project', 'run-how', 'options', 'docs']) {
    await page.tap(`#${opener}`);
    await page.waitForSelector('[popover]:popover-open');
    expect({ opener, ...(await faults()) }).toEqual({ opener, wide: 0, small: [], tiny: [] });
    const box = await (await page.$('[popover]:popover-open'))?.boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(780);
    await page.keyboard.press('Escape');
  }
});
