import { expect, test } from '@jest/globals';
import type { Playground } from './harness.js';
import { oneVisit } from './one-visit.js';
import { Typist } from './typist.js';

let playground: Playground;
let typist: Typist;

oneVisit(async (visit) => {
  playground = visit;
  typist = new Typist(visit);
  await playground.monaco();
});

/** Pastes like a user; returns the longest time for which the page did not respond meanwhile. */
async function paste(text: string): Promise<number> {
  const { page } = playground;
  const length = await page.evaluate((pasted) => {
    const gaps: number[] = [];
    let last = performance.now();
    const timer = setInterval(() => {
      gaps.push(performance.now() - last);
      last = performance.now();
    }, 10);
    Object.assign(window, { longestGap: () => (clearInterval(timer), Math.max(...gaps)) });
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    return pasted.replaceAll('\r\n', '\n').length;
  }, text);
  await page.waitForFunction((least) => (window.asyncioPlayground?.getText().length ?? 0) >= least, { polling: 100 }, length);
  // One more key is handled, and no other work is left.
  await page.keyboard.press('End');
  return page.evaluate(
    () => new Promise<number>((resolve) => requestIdleCallback(() => resolve((window as unknown as { longestGap(): number }).longestGap()))),
  );
}

test('a paste of 5 MB is text, and the page goes on', async () => {
  await typist.write('|');
  const gap = await paste('// a line of forty-eight characters, more or less\n'.repeat(100_000));
  console.log(`5 MB pasted: the page did not answer for ${Math.round(gap)} ms at most`);
  expect(gap).toBeLessThan(3000);
  await typist.write('int main() { return 0; }|\n');
  expect(await playground.text()).toBe('int main() { return 0; }\n');
});

test('a paste of one line of 2 MB is text, and the page goes on', async () => {
  await typist.write('// |');
  const gap = await paste('x'.repeat(2_000_000));
  console.log(`a line of 2 MB pasted: the page did not answer for ${Math.round(gap)} ms at most`);
  expect(gap).toBeLessThan(3000);
  await typist.write('int main() { return 0; }|\n');
});

test('a source of 2 MB runs', async () => {
  const source = `#include <print>\nint main() { std::println("long"); }\n${'// a line of forty-eight characters, more or less\n'.repeat(42_000)}`;
  const { stdout } = await playground.run(source);
  expect(stdout).toBe('long\n');
  await typist.write('int main() {}|\n');
});

test('pasted NULs, lone surrogates and lines that end in CRLF are text', async () => {
  await typist.write('// |\nint main() {}\n');
  await paste('a\u0000b\r\n// \u202e<b>');
  expect(await playground.text()).toBe('// a\u0000b\n// \u202e<b>\nint main() {}\n');
  await typist.write('|int main() {}\n');
  await playground.setText('// \ud800 \udc00\nint main() {}\n');
  const { report } = await playground.run('// \ud800 \udc00\nint main() {}\n');
  expect(report.outcome).toMatchObject({ type: 'complete', exitCode: 0 });
});
