import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { KeyInput, Page } from 'puppeteer-core';
import type { Playground } from './harness.js';
import { oneVisit } from './one-visit.js';
import { openView } from './screens.js';
import { watchResponsiveness } from './responsiveness.js';
import { onlyInTestAll } from './sample.js';

/** A page that does not respond for this long is felt to hang, even on a busy machine. */
const FREEZE_MS = 2000;

let playground: Playground;
let page: Page;
oneVisit((opened) => {
  playground = opened;
  page = opened.page;
  return opened.monaco();
});

afterEach(() => {
  expect(playground.takeErrors()).toEqual([]);
});

/** Text as a C++ string literal, with escapes for non-ASCII and control characters. */
function literal(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

/** A program that prints this and ends. */
function printing(text: string, stream = 'stdout'): string {
  return `#include <cstdio>\nint main() { static const char text[] = "${literal(text)}"; std::fwrite(text, 1, sizeof text - 1, ${stream}); }\n`;
}

/** Runs by the button, so that the output is not passed to the test as it arrives. */
async function run(source: string): Promise<void> {
  await playground.setText(source);
  await page.evaluate(() => window.asyncioPlayground?.setStdin(''));
  await page.click('#clear');
  await page.click('#run');
  await page.waitForSelector('#run[data-phase="running"], #run[data-phase="idle"]');
}
const ended = (): Promise<unknown> => page.waitForSelector('#run[data-phase="idle"]', { timeout: 50_000 });

/** Runs to the end, and waits until all kept output is drawn. */
async function runAndDraw(source: string): Promise<void> {
  await run(source);
  await ended();
  await page.waitForFunction(() => /^(Finished|Stopped|Crashed)/.test(Array.from(document.querySelectorAll('#console .console-line')).at(-1)?.textContent ?? ''));
}

/** The visible lines; the last one tells how the run ended. */
const lines = (): Promise<string[]> =>
  page.$$eval('#console .console-line', (all) => all.map((line) => line.textContent));

async function press(key: KeyInput, ...modifiers: KeyInput[]): Promise<void> {
  for (const modifier of modifiers) await page.keyboard.down(modifier);
  await page.keyboard.press(key);
  for (const modifier of modifiers) await page.keyboard.up(modifier);
}

describe('colours', () => {
  const rainbow = Array.from({ length: 16 }, (_, i) => `\x1b[38;5;${i}mcolour ${i}\x1b[0m \x1b[48;5;${i}mon ${i}\x1b[0m`).join('\n');

  test('and styles of the program are shown', async () => {
    await runAndDraw(printing('\x1b[1mbold\x1b[0m\x1b[3mitalic\x1b[0m\x1b[4munder\x1b[0m\x1b[38;2;200;0;0mred\x1b[0m plain\n'));
    const looks = await page.$$eval('#console .console-line:first-child span', (spans) =>
      spans.map((span) => {
        const { fontWeight, fontStyle, textDecorationLine, color } = getComputedStyle(span);
        return [span.textContent, fontWeight, fontStyle, textDecorationLine, color];
      }),
    );
    const ink = looks[4]?.[4];
    expect(looks).toEqual([
      ['bold', '700', 'normal', 'none', ink],
      ['italic', '400', 'italic', 'none', ink],
      ['under', '400', 'normal', 'underline', ink],
      ['red', '400', 'normal', 'none', 'rgb(200, 0, 0)'],
      [' plain', '400', 'normal', 'none', ink],
    ]);
  });

  test.each(['light', 'dark'])('can be read in the %s theme', async (scheme) => {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await runAndDraw(printing(`${rainbow}\n`));
    const contrasts = await page.$$eval('#console .console-line span[style]', (spans) => {
      const partsOf = (css: string): number[] => (css.match(/[\d.]+/g) ?? []).map(Number);
      const luminance = (css: string): number => {
        const [red = 0, green = 0, blue = 0] = partsOf(css).map((part) =>
          part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
        );
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      const pane = getComputedStyle(document.querySelector('.pane-console') ?? document.body).backgroundColor;
      return spans.map((span) => {
        const { color, backgroundColor } = getComputedStyle(span);
        const behind = partsOf(backgroundColor)[3] === 0 ? pane : backgroundColor;
        const [darker = 0, lighter = 0] = [luminance(color), luminance(behind)].sort((a, b) => a - b);
        return (lighter + 0.05) / (darker + 0.05);
      });
    });
    expect(contrasts.length).toBe(32);
    expect(Math.min(...contrasts)).toBeGreaterThanOrEqual(4.5);
    await page.emulateMediaFeatures([]);
  });

  test('a progress bar is one line that changes', async () => {
    await runAndDraw(`#include <asyncio.hpp>
#include <cstdio>
using namespace std::chrono_literals;
asyncio::Coro<> amain() {
    for (int i = 0; i <= 10; ++i) {
        std::printf("\\r%.*s %d%%\\033[K", i, "##########", i * 10);
        std::fflush(stdout);
        co_await asyncio::sleep(1ms);
    }
    std::puts("");
}
int main() { asyncio::run(amain()); }
`);
    expect((await lines()).slice(0, -1)).toEqual(['########## 100%']);
  });
});

describe('a line that names a place', () => {
  const source = `#include <cstdio>\n// line 2\n// line 3\nint main() { std::fputs("see main.cpp:2 and other.cpp:1\\nmain.cpp:3:4: here\\n", stderr); }\n`;

  async function typedWhere(): Promise<string> {
    await page.waitForFunction(() => document.activeElement?.closest('.monaco-editor') !== null);
    await page.keyboard.type('@');
    return (await playground.text()).split('\n').find((line) => line.includes('@')) ?? '';
  }

  test('goes there on a click', async () => {
    await runAndDraw(source);
    expect(await page.$$eval('#console [role="link"]', (links) => links.map((link) => link.textContent))).toEqual(['main.cpp:2', 'main.cpp:3:4']);
    await page.click('#console [data-line="3"]');
    expect(await typedWhere()).toBe('// @line 3');
  });

  test('goes there by keyboard, with one Tab stop for all links', async () => {
    await runAndDraw(source);
    await page.focus('#console');
    await press('Tab');
    await press('ArrowDown');
    await press('ArrowDown');
    await press('ArrowUp');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('main.cpp:2');
    await press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('#console'))).toBeNull();
    await press('Tab', 'Shift');
    await press('Enter');
    expect(await typedWhere()).toBe('@// line 2');
  });

  test('of the compiler does so as well', async () => {
    await run('int main() {\n    return nothing;\n}\n');
    await ended();
    await page.waitForSelector('#console [role="link"]');
    await page.click('#console [role="link"]');
    expect(await typedWhere()).toBe('    return @nothing;');
  });
});

describe("the compiler's excerpts of the source", () => {
  test('keep their marks below what they mark, however long the line is; other lines wrap', async () => {
    await run(`int main() {\n    const char* text = "${'long '.repeat(40)}" + missing;\n}\n`);
    await page.waitForSelector('.console-excerpt');
    const rows = await page.$$eval('.console-line', (lines) =>
      lines.map((line) => ({ text: line.textContent, isExcerpt: line.matches('.console-excerpt'), box: line.getBoundingClientRect().toJSON() as DOMRect })),
    );
    const excerpts = rows.filter(({ isExcerpt }) => isExcerpt);
    expect(excerpts.map(({ text }) => text.slice(0, 8))).toEqual(['    2 | ', '      | ']);
    expect(excerpts.map(({ box }) => box.height)).toEqual([20, 20]);
    expect(excerpts[1]?.text.indexOf('^')).toBe(excerpts[0]?.text.indexOf('missing'));
    const [width = 0, scrollWidth = 0] = await page.$eval('#console', (output) => [output.clientWidth, output.scrollWidth]);
    expect(scrollWidth).toBeGreaterThan(width);
    for (const { isExcerpt, box } of rows) if (!isExcerpt) expect(box.width).toBeLessThanOrEqual(width);
  });
});

describe('the filter', () => {
  const source = `#include <cstdio>
int main() {
    for (int i = 0; i < 100; ++i) {
        std::printf("line %d\\n", i);
        if (i % 10 == 0) { std::fflush(stdout); std::fprintf(stderr, "Warning %d\\n", i); }
    }
}
`;

  async function filter(text: string, stream = 'all'): Promise<string[]> {
    await page.click('#filter', { count: 3 });
    await press('Backspace');
    await page.type('#filter', text);
    await page.select('#filter-stream', stream);
    // Drawn by the next frame.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    return lines();
  }
  const count = (): Promise<string> => page.$eval('#filter-count', (element) => element.textContent);

  test('shows the lines that contain a text, in order, and their number', async () => {
    await runAndDraw(source);
    expect(await filter('warning 3')).toEqual(['Warning 30']);
    expect((await filter('5')).slice(0, 8)).toEqual(['line 5', 'line 15', 'line 25', 'line 35', 'line 45', 'line 50', 'Warning 50', 'line 51']);
    expect(await filter('<img>')).toEqual([]);
    expect(await count()).toBe('0 of 111');
  });

  test('shows the lines of one stream', async () => {
    expect(await filter('', 'stderr')).toEqual(Array.from({ length: 10 }, (_, i) => `Warning ${i * 10}`));
    expect(await count()).toBe('10 of 111');
    expect((await filter('7', 'stdout')).slice(0, 3)).toEqual(['line 7', 'line 17', 'line 27']);
  });

  test('applies to later lines', async () => {
    await filter('', 'stderr');
    await run(source);
    await ended();
    await page.waitForFunction(() => document.querySelector('#filter-count')?.textContent === '10 of 111');
    expect(await lines()).toEqual(Array.from({ length: 10 }, (_, i) => `Warning ${i * 10}`));
  });

  test('is emptied by Escape, which does not stop the program then', async () => {
    await filter('spin');
    await run('#include <cstdio>\nint main() { std::puts("other"); std::puts("spinning"); for (;;) {} }\n');
    await page.waitForFunction(() => document.querySelectorAll('#console .console-line').length === 1);
    await page.focus('#filter');
    await press('Escape');
    await page.waitForFunction(() => document.querySelectorAll('#console .console-line').length === 2);
    expect(await page.$eval('#run', (button) => (button as HTMLElement).dataset['phase'])).toBe('running');
    await press('Escape');
    await ended();
    expect(await count()).toBe('');
  });

  test('decides what Copy copies', async () => {
    const origin = new URL(page.url()).origin;
    await page.browserContext().overridePermissions(origin, ['clipboard-read', 'clipboard-write', 'clipboard-sanitized-write']);
    await page.bringToFront();
    await runAndDraw(printing('one\ntwo\n\x1b[31mone more\x1b[m\n'));
    const copied = async (): Promise<string> => {
      await page.click('#copy');
      return page.evaluate(() => navigator.clipboard.readText());
    };
    expect(await copied()).toMatch(/^one\ntwo\none more\nFinished/);
    await filter('one ');
    expect(await copied()).toBe('one more');
    await filter('');
  });
});

describe('tasks', () => {
  test('are shown on demand: the name of the one that printed each line', async () => {
    await runAndDraw(`#include <asyncio.hpp>
#include <print>
asyncio::Coro<> say(std::string text) {
    std::println("{}", text);
    co_return;
}
asyncio::Coro<> amain() {
    std::println("main's");
    co_await asyncio::create_task(say("nameless"));
    co_await asyncio::create_task(say("named"), "baker");
}
int main() {
    std::println("before any");
    asyncio::run(amain());
}
`);
    const shown = (): Promise<string[]> =>
      page.$$eval('#console .console-line', (lines) => lines.slice(0, 4).map((line) => getComputedStyle(line, '::after').content));
    expect(await shown()).toEqual(['none', 'none', 'none', 'none']);
    await page.click('#tasks');
    expect(await shown()).toEqual(['""', '"Task-1"', '"Task-2"', '"baker"']);
    await page.click('#run');
    await page.waitForFunction(() => document.querySelectorAll('#console .console-line[data-task]').length === 3 && document.querySelector<HTMLElement>('#run')?.dataset['phase'] === 'idle');
    expect(await shown()).toEqual(['""', '"amain · Task-1"', '"say · Task-2"', '"baker"']);
    await page.click('#tasks');
    expect(await shown()).toEqual(['none', 'none', 'none', 'none']);
  });
});

describe('times', () => {
  test('are shown on demand, in seconds since the program began', async () => {
    await runAndDraw(`#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;
asyncio::Coro<> amain() {
    std::println("at once");
    co_await asyncio::sleep(300ms);
    std::println("later");
}
int main() { asyncio::run(amain()); }
`);
    const shown = (): Promise<string> => page.$eval('#console .console-line', (line) => getComputedStyle(line, '::before').content);
    expect(await shown()).toBe('none');
    await page.click('#times');
    expect(await shown()).toMatch(/^"\d+\.\d{3}"$/);
    const [first = NaN, second = NaN] = await page.$$eval('#console .console-line', (all) => all.map((line) => Number((line as HTMLElement).dataset['time'])));
    expect(second - first).toBeGreaterThan(0.25);
    expect(second - first).toBeLessThan(2);
    await page.click('#times');
    expect(await shown()).toBe('none');
  });
});

describe('Save', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'console-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function saved(): Promise<Buffer> {
    const client = await page.createCDPSession();
    await client.send('Browser.setDownloadBehavior', {
      behavior: 'allow',
      downloadPath: folder,
      eventsEnabled: true,
    });
    const completed = new Promise((resolve) => {
      client.on('Browser.downloadProgress', (event) => {
        if (event.state === 'completed') resolve(undefined);
      });
    });
    await page.click('#save-output');
    await completed;
    await client.detach();
    expect(await readdir(folder)).toEqual(['output.txt']);
    return readFile(join(folder, 'output.txt'));
  }

  test('saves the kept output as a file, which says what is missing', async () => {
    await runAndDraw('#include <cstdio>\nint main() { for (int i = 0; i < 30000; ++i) std::printf("line %d\\n", i); }\n');
    const text = (await saved()).toString();
    expect(text).toMatch(/^line 0\nline 1\n/);
    expect(text).toMatch(/\nline 1999\n\[10,001 lines \(102 kB\) dropped here: the console keeps the beginning and the end\]\nline 12001\n/);
    expect(text).toMatch(/\nline 29999\nFinished, exit code 0 .*\n$/);
  });

  test('saves exactly the bytes that the program wrote when they are not all text, which Copy says it cannot do', async () => {
    await runAndDraw('#include <cstdio>\nint main() { for (int byte = 0; byte < 256; ++byte) std::putc(byte, stdout); }\n');
    expect(await saved()).toEqual(Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)));
    expect(await playground.consoleText()).toContain('[U+0000][U+0001]');
    expect(await playground.consoleText()).toContain('\ufffd'.repeat(128));
    await page.bringToFront();
    await page.browserContext().overridePermissions(new URL(page.url()).origin, ['clipboard-read', 'clipboard-write', 'clipboard-sanitized-write']);
    await page.click('#copy');
    await page.waitForFunction(() => document.body.textContent.includes('Some of the output is not UTF-8. The clipboard holds only text'));
  });
});

describe('very much output', () => {
  onlyInTestAll(() => {
    test('of a million lines does not freeze the page; beginning and end are kept', async () => {
      const endWatch = await watchResponsiveness(page);
      await runAndDraw('#include <cstdio>\nint main() { static char buffer[1 << 16]; std::setvbuf(stdout, buffer, _IOFBF, sizeof buffer); for (int i = 0; i < 1000000; ++i) std::printf("line %d\\n", i); }\n');
      const longest = await endWatch();
      console.log(`a million lines: the page was busy for ${longest} ms at a time at most`);
      expect(longest).toBeLessThan(FREEZE_MS);
      const shown = await lines();
      expect(shown.slice(0, 2)).toEqual(['line 0', 'line 1']);
      expect(shown.at(-2)).toBe('line 999999');
      expect(shown.length).toBe(20_000);
      expect(await page.$eval('#console .console-gap', (gap) => gap.textContent)).toMatch(/^980,001 lines \(11\.\d MB\) dropped here/);
    });
  });

  test('of one line of 50 MB does not freeze the page; its beginning and end are kept', async () => {
    const endWatch = await watchResponsiveness(page);
    await runAndDraw(`#include <cstdio>
#include <string>
int main() {
    std::string piece(1000000, 'x');
    std::fputs("begin", stdout);
    for (int i = 0; i < 50; ++i) std::fputs(piece.c_str(), stdout);
    std::fputs("end", stdout);
}
`);
    const longest = await endWatch();
    console.log(`a line of 50 MB: the page was busy for ${longest} ms at a time at most`);
    expect(longest).toBeLessThan(FREEZE_MS);
    const [line = ''] = await lines();
    expect(line).toMatch(/^beginx+ … 49,9\d\d,\d{3} characters \((50\.0|49\.9) MB\) of this line were dropped here … x+end$/);
    expect(line.length).toBeLessThan(40_000);
  });

  test.each([
    ['endless sequences', '\\033[1;1;1;1;1;1;1;1;1;1;'],
    ['endless looks', '\\033[31mx\\033[1;42my'],
    ['colours without end', '\\033[38;2;%d;%d;%dmz'],
    ['a string of the terminal that is never ended', '\\033]0;title title title '],
    ['erased lines', 'abc\\033[2Kd\\r\\033[1Ke\\b\\b'],
    ['marks upon marks', 'a\\314\\201\\314\\201\\314\\201\\314\\201\\314\\201\\314\\201\\314\\201'],
    ['huge numbers', '\\033[999999999999999999999999;99999999999Ha\\033[99999999999999A'],
    ['NULs and control characters', '\\001\\002\\007\\010\\013\\016\\177\\302\\205'],
    ['what reorders text', '\\342\\200\\256abc\\342\\201\\246'],
    ['links', 'main.cpp:1:1 main.cpp:2'],
  ])('of %s does not freeze the page', async (_what, piece) => {
    const endWatch = await watchResponsiveness(page);
    await runAndDraw(
      `#include <cstdio>\nint main() { for (int i = 0; i < 300000; ++i) { std::printf("${piece}"${piece.includes('%') ? ', i % 256, i / 256 % 256, i % 7' : ''}); } std::puts("\\n\\033[mlast"); }\n`,
    );
    const longest = await endWatch();
    console.log(`${_what}: the page was busy for ${longest} ms at a time at most`);
    expect(longest).toBeLessThan(FREEZE_MS);
    expect((await lines()).at(-2)).toBe('last');
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
});

describe('bad output', () => {
  test('is visible and harmless', async () => {
    await runAndDraw('#include <cstdio>\nint main() { std::puts("half \\355\\240\\275 broken \\377"); }\n');
    expect((await lines())[0]).toBe('half \ufffd\ufffd\ufffd broken \ufffd');
    await runAndDraw(printing('nul \0, bell \x07, <img src=x onerror=alert(1)>, \u202eover\u202c\n'));
    expect((await lines())[0]).toBe('nul [U+0000], bell [U+0007], <img src=x onerror=alert(1)>, [U+202E]over[U+202C]');
    expect(await page.$('#console img')).toBeNull();
  });

  test('before a trap stays, also an unfinished line', async () => {
    await run('#include <cstdio>\nint main() { std::puts("before"); std::printf("half a line"); __builtin_trap(); }\n');
    await ended();
    await page.waitForFunction(() => document.querySelector('#console')?.textContent.includes('Crashed'));
    expect((await lines()).slice(0, 2)).toEqual(['before', 'half a line']);
  });

  test('before a deadlock stays', async () => {
    await run(`#include <asyncio.hpp>
#include <print>
asyncio::Coro<> amain() {
    std::println("before");
    asyncio::Lock lock;
    co_await lock.acquire();
    co_await lock.acquire();
}
int main() { asyncio::run(amain()); }
`);
    await playground.consoleShows('eadlock');
    await page.click('#run');
    await ended();
    expect((await lines())[0]).toBe('before');
  });
});

describe('the end of the output', () => {
  const ticking = `#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;
asyncio::Coro<> amain() {
    for (int i = 0; i < 200; ++i) std::println("early {}", i);
    for (int i = 0;; ++i) {
        std::println("tick {}", i);
        co_await asyncio::sleep(5ms);
    }
}
int main() { asyncio::run(amain()); }
`;
  const atEnd = (): Promise<boolean> =>
    page.$eval('#console', (root) => root.scrollHeight - root.scrollTop - root.clientHeight < 2);
  const more = async (): Promise<void> => {
    const before = (await lines()).length;
    await page.waitForFunction((count) => document.querySelectorAll('#console .console-line').length > count + 20, {}, before);
  };

  /** The browser scrolls gradually. */
  const stands = async (root: Element): Promise<void> => {
    for (let top = -1, still = 0; still < 10; still = root.scrollTop === top ? still + 1 : 0, top = root.scrollTop) {
      await new Promise(requestAnimationFrame);
    }
  };

  test('is followed until the user scrolls up, and again after Jump to end', async () => {
    await run(ticking);
    await playground.consoleShows('tick 20');
    await more();
    expect(await atEnd()).toBe(true);
    expect(await page.$eval('#to-end', (button) => (button as HTMLElement).hidden)).toBe(true);

    await page.focus('#console');
    await press('PageUp');
    await page.waitForSelector('#to-end', { visible: true });
    await page.$eval('#console', stands);
    const top = await page.$eval('#console', (root) => root.scrollTop);
    await more();
    expect(await page.$eval('#console', (root) => root.scrollTop)).toBe(top);

    await page.click('#to-end');
    await more();
    expect(await atEnd()).toBe(true);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('console');
    await page.click('#run');
    await ended();
  });
});

describe('by keyboard and screen reader', () => {
  test('select all inside the console selects the output and nothing else', async () => {
    await runAndDraw(printing('one\ntwo\n'));
    await page.focus('#console');
    await press('a', 'Control');
    expect(await page.evaluate(() => getSelection()?.toString())).toMatch(/^one\ntwo\nFinished[^\n]*memory[^\n]*$/);
  });

  test('output is announced in batches, not line by line', async () => {
    await page.evaluate(() => {
      const said: string[] = [];
      Object.assign(window, { said });
      const region = document.querySelector('#announcement');
      if (region === null) throw new Error('nothing is announced');
      new MutationObserver(() => said.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
    });
    await runAndDraw('#include <cstdio>\nint main() { for (int i = 0; i < 1000; ++i) std::printf("line %d\\n", i); }\n');
    await page.waitForFunction(() => document.querySelector('#announcement')?.textContent.includes('lines, the last: line 999'));
    const said = await page.evaluate(() => (window as unknown as { said: string[] }).said.filter((text) => text !== ''));
    expect(said.length).toBeLessThanOrEqual(2);
    expect(await page.$eval('#announcement', (region) => region.getAttribute('role'))).toBe('status');
  });
});

describe('in a window of 390 pixels', () => {
  test('the console fits, and its controls are large enough to touch', async () => {
    await page.setViewport({ width: 390, height: 800 });
    await openView(page, 'console-tab');
    await runAndDraw(printing(`${'a long line '.repeat(40)}\n${'x'.repeat(500)}\n`));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await page.$eval('#console', (root) => root.scrollWidth <= root.clientWidth)).toBe(true);
    const small = await page.$$eval('.console-tools :is(input, select, button)', (controls) =>
      controls.flatMap((control) => {
        const { width, height } = control.getBoundingClientRect();
        return width < 44 || height < 44 ? [`${control.id} ${width} x ${height}`] : [];
      }),
    );
    expect(small).toEqual([]);
    await page.setViewport({ width: 1280, height: 800 });
  });
});
