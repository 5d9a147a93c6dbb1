import { afterEach, describe, expect, test } from '@jest/globals';
import type { KeyInput } from 'puppeteer-core';
import type { Playground } from './harness.js';
import { oneVisit } from './one-visit.js';

let playground: Playground;
oneVisit((opened) => {
  playground = opened;
  return playground.monaco();
});

afterEach(() => {
  expect(playground.takeErrors()).toEqual([]);
});

const echo = `#include <asyncio.hpp>
#include <print>
asyncio::Coro<> amain() {
    std::println("ready");
    try {
        for (;;) std::println("[{}]", co_await asyncio::read_line("> "));
    } catch (const asyncio::EOFError&) {
        std::println("over");
    }
}
int main() { asyncio::run(amain()); }
`;
const adder = `#include <iostream>
int main() {
    int a = 0, b = 0;
    std::cout << "a? ";
    std::cin >> a;
    std::cout << "b? ";
    std::cin >> b;
    std::cout << a + b << '\\n';
}
`;

/** As a user does it: no input given in advance, a click on Run. */
async function run(source: string): Promise<void> {
  await playground.page.evaluate((text) => {
    window.asyncioPlayground?.setText(text);
    window.asyncioPlayground?.setStdin(null);
  }, source);
  await playground.page.click('#run');
}
const asked = (): Promise<unknown> => playground.page.waitForSelector('#input[data-awaited]', { visible: true });
const focused = (): Promise<string> => playground.page.evaluate(() => document.activeElement?.id ?? '');
const shownLine = (): Promise<string> =>
  playground.page.$eval('#input-line', (line) => (line as HTMLInputElement).value);

async function press(...keys: KeyInput[]): Promise<void> {
  for (const key of keys) await playground.page.keyboard.press(key);
}
async function pressWithControl(key: KeyInput): Promise<void> {
  await playground.page.keyboard.down('Control');
  await press(key);
  await playground.page.keyboard.up('Control');
}
async function type(line: string): Promise<void> {
  await asked();
  await playground.page.keyboard.type(line);
  await press('Enter');
}
const finished = (): Promise<unknown> => playground.consoleShows('Finished, exit code 0');

describe("the console's input", () => {
  test('appears when the program asks, and Enter sends the line', async () => {
    const { page } = playground;
    await page.evaluate(() => window.asyncioPlayground?.setText('int main() {}'));
    await page.click('#run');
    await finished();
    expect(await page.$eval('#input', (form) => (form as HTMLElement).hidden)).toBe(true);

    await run(adder);
    await asked();
    expect(await focused()).toBe('input-line');
    expect(await page.$eval('#phase', (phase) => phase.textContent)).toBe('The program waits for input');
    await type('12');
    await type('30');
    await finished();
    expect(await playground.consoleText()).toMatch(/^a\? 12\nb\? 30\n42\nFinished/);
    expect(await page.$eval('#console .voice-input', (typed) => typed.textContent)).toBe('12');
    expect(await page.$eval('#input', (form) => (form as HTMLElement).hidden)).toBe(true);
    expect(await focused()).toBe('run');
  });

  test('has a name for screen readers', async () => {
    await run(echo);
    await asked();
    const { page } = playground;
    expect(await page.$eval('#input-line', (line) => (line as HTMLInputElement).labels?.[0]?.textContent)).toBe('Input');
    await page.click('#input-end');
    await finished();
  });

  test('ends with Ctrl+D', async () => {
    await run(echo);
    await type('grüße, 世界');
    await asked();
    await pressWithControl('d');
    await finished();
    expect(await playground.consoleText()).toMatch(/^ready\n> grüße, 世界\n\[grüße, 世界\]\n> \nEnd of input\nover\nFinished/);
  });

  test('ends with its button, after a last line without an end', async () => {
    await run(echo);
    await asked();
    await playground.page.keyboard.type('last');
    await playground.page.click('#input-end');
    await finished();
    expect(await playground.consoleText()).toMatch(/^ready\n> last\nEnd of input\n\[last\]\n> over\nFinished/);
  });

  test('takes several lines that are pasted', async () => {
    const { page } = playground;
    await run(echo);
    await asked();
    await page.keyboard.type('AB');
    await press('ArrowLeft');
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', ' one\r\ntwo\n\nthree ');
      document
        .querySelector('#input-line')
        ?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    });
    await playground.consoleShows('[]\n');
    expect(await shownLine()).toBe('three B');
    await press('Enter');
    await playground.consoleShows('[three B]');
    const text = await playground.consoleText();
    for (const line of ['[A one]', '[two]', '[]', '[three B]']) expect(text).toContain(`${line}\n`);
    await pressWithControl('d');
    await finished();
  });

  test('recalls sent lines with arrow up', async () => {
    await run(echo);
    await type('first');
    await playground.consoleShows('[first]');
    await type('second');
    await playground.consoleShows('[second]');
    await playground.page.keyboard.type('dra');
    await press('ArrowUp', 'ArrowUp');
    expect(await shownLine()).toBe('first');
    await press('ArrowDown', 'ArrowDown');
    expect(await shownLine()).toBe('dra');
    await press('ArrowUp', 'Enter');
    await playground.page.waitForFunction(
      () => (window.asyncioPlayground?.consoleText().match(/\[second\]/g)?.length ?? 0) === 2,
    );
    await pressWithControl('d');
    await finished();
  });

  test('takes a line of a megabyte', async () => {
    const { page } = playground;
    await run(
      '#include <asyncio.hpp>\n#include <print>\n' +
        'asyncio::Coro<> amain() { std::println("{} characters", (co_await asyncio::read_line()).size()); }\n' +
        'int main() { asyncio::run(amain()); }\n',
    );
    await asked();
    await page.evaluate(() => {
      const line = document.querySelector<HTMLInputElement>('#input-line');
      if (line !== null) line.value = 'x'.repeat(1024 * 1024);
    });
    await page.focus('#input-line');
    await press('Enter');
    await playground.consoleShows('1048576 characters');
  });

  test('does not take the focus from the editor', async () => {
    const { page } = playground;
    await page.evaluate((text) => {
      window.asyncioPlayground?.setText(text);
      window.asyncioPlayground?.setStdin(null);
    }, echo);
    await page.click('.monaco-editor .view-lines');
    await pressWithControl('Enter');
    await asked();
    await pressWithControl('Home');
    await page.keyboard.type('// typed on\n');
    expect(await playground.text()).toBe(`// typed on\n${echo}`);
    await page.click('#input-line');
    await pressWithControl('d');
    await finished();
  });

  test('does not ask for input that was given before the run', async () => {
    const { page } = playground;
    await run(echo);
    await asked();
    await pressWithControl('d');
    await finished();
    await page.click('#stdin-tab');
    await page.type('#stdin', 'given\nbefore');
    await page.click('#console-tab');
    await page.click('#run');
    await playground.consoleShows('over\nFinished');
    expect(await playground.consoleText()).toMatch(/^ready\n> \[given\]\n> \[before\]\n> over\nFinished/);
    expect(await page.$eval('#input', (form) => (form as HTMLElement).hidden)).toBe(true);
  });

  test('fits a window of 390 pixels', async () => {
    const { page } = playground;
    await page.setViewport({ width: 390, height: 800 });
    await run(echo);
    await asked();
    await page.waitForFunction(() => document.documentElement.scrollWidth <= 390);
    expect(await focused()).toBe('input-line');
    const box = await (await page.$('#input-line'))?.boundingBox();
    expect(box?.width).toBeGreaterThan(150);
    expect(box?.y).toBeLessThan(800);
    await page.click('#input-end');
    await finished();
    await page.setViewport({ width: 1280, height: 800 });
  });

  test('of a program that was stopped is gone', async () => {
    await run(adder);
    await asked();
    await playground.page.click('#run');
    await playground.consoleShows('Stopped');
    expect(await playground.page.$eval('#input', (form) => (form as HTMLElement).hidden)).toBe(true);
    expect(await playground.consoleText()).toMatch(/^a\? \nStopped ·/);
  });
});

describe('the Stop button is SIGINT', () => {
  const stopped = async (main: string, after: string): Promise<string> => {
    await run(`#include <asyncio.hpp>
#include <csignal>
#include <print>
using namespace std::chrono_literals;
asyncio::Coro<> amain() {
${main}
}
int main() { asyncio::run(amain()); }
`);
    await playground.consoleShows('working');
    await playground.page.click('#run');
    await playground.consoleShows(after);
    return playground.consoleText();
  };
  const goesOn = `    asyncio::get_running_loop().add_signal_handler(SIGINT, [] { std::println("not now"); });
    std::println("working");
    for (;;) co_await asyncio::sleep(10ms);`;

  test('for a handler that finishes gracefully, with its own exit code', async () => {
    const text = await stopped(
      `    asyncio::Event stop;
    asyncio::get_running_loop().add_signal_handler(SIGINT, [&] { stop.set(); });
    std::println("working");
    co_await stop.wait();
    std::println("saved");`,
      'Finished',
    );
    expect(text).toMatch(/^working\nsaved\nFinished after Stop, exit code 0 ·/);
  });

  test('for a handler that goes on, until the second Stop', async () => {
    await stopped(goesOn, 'not now');
    expect(await playground.page.$eval('#phase', (phase) => phase.textContent)).toMatch(/^Stopping/);
    await playground.page.click('#run');
    await playground.consoleShows('Stopped by force');
    expect(await playground.consoleText()).toMatch(/^working\nnot now\nStopped by force/);
  });

  test('in the example of background services: all of them clean up', async () => {
    const { page } = playground;
    await page.select('#example', '60-background-services');
    await page.click('#run');
    await playground.consoleShows('all services run');
    await page.click('#run');
    await playground.consoleShows('Finished');
    expect(await playground.consoleText()).toMatch(
      /^all services run\nheartbeat: stopped\nrecorder: 3 records written\nall services have ended\nFinished after Stop, exit code 0/,
    );
  });

  test('without a handler: the main task is cancelled, and cleans up', async () => {
    const text = await stopped(
      `    std::println("working");
    try {
        co_await asyncio::sleep(1h);
    } catch (const asyncio::CancelledError&) {
        std::println("cleaned up");
        throw;
    }`,
      'Stopped',
    );
    expect(text).toMatch(/^working\ncleaned up\nStopped ·/);
  });
});
