import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Site, type Playground } from './harness.js';

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

test('what is typed is checked and run', async () => {
  const { page } = playground;
  await playground.setText('#include <print>\nint main() { std::println("from a phone") }\n');
  await page.waitForFunction(() => document.getElementById('diagnostics')?.textContent.includes("expected ';'"));
  await playground.setText('#include <print>\nint main() { std::println("from a phone"); }\n');
  await page.tap('#run');
  await playground.consoleShows('from a phone');
});

test('the text is formatted at a tap', async () => {
  await playground.setText('int main( ){return   0 ;}\n');
  await playground.page.tap('#format');
  await playground.page.waitForFunction(() => window.asyncioPlayground?.getText() === 'int main() { return 0; }\n');
});

test('nothing is wider than the screen, no field makes it zoom, and touch targets are large enough', async () => {
  const { page } = playground;
  await page.tap('#options');
  await page.waitForSelector('#options-menu:popover-open');
  const { wide, small, tiny } = await page.evaluate(() => {
    const shown = [...document.querySelectorAll<HTMLElement>('button, select, input, textarea')].filter((each) => each.offsetParent !== null && !each.closest('.pane-console'));
    return {
      wide: document.documentElement.scrollWidth,
      small: shown.filter((each) => !(each instanceof HTMLButtonElement) && each.matches('input:not([type=checkbox]), textarea') && parseFloat(getComputedStyle(each).fontSize) < 16).map(({ id }) => id),
      tiny: shown
        .filter((each) => each.closest('.file-bar, .options-menu, .touch-keys') !== null && each.getBoundingClientRect().height < 44)
        .map(({ id, textContent }) => id || textContent),
    };
  });
  expect(wide).toBeLessThanOrEqual(390);
  expect(small).toEqual([]);
  expect(tiny).toEqual([]);
  await page.keyboard.press('Escape');
});

test('with long lines wrapped a problem still leads to its place; a phone has no settings of the code editor', async () => {
  const { page } = playground;
  expect(await page.$eval('#code-editor-settings', (settings) => (settings as HTMLElement).hidden)).toBe(true);
  await page.tap('#options');
  await page.waitForSelector('#options-menu:popover-open');
  await page.tap('#wrap');
  await page.keyboard.press('Escape');
  await playground.setText(`${`// ${'long '.repeat(40)}\n`.repeat(30)}int main() { return missing; }\n`);
  await page.tap('#problems-tab');
  await page.waitForFunction(() => document.querySelector('button.diagnostic-line')?.textContent.includes('missing'));
  await page.tap('button.diagnostic-line');
  const [below = 0, wide = 0] = await page.$eval('#source', (area) => [
    area.scrollHeight - area.scrollTop - area.clientHeight,
    area.scrollWidth - area.clientWidth,
  ]);
  expect(Math.abs(below)).toBeLessThan(100);
  expect(wide).toBe(0);
});
