import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { AsyncioPlaygroundElement } from '../../web/embed/element.js';
import { axeViolations } from './axe.js';
import { EmbedSite, prepare, preparedLink, type Visit } from './embed-site.js';
import { programCpp, sampledText, tenElements } from './embed-snippets.js';

declare global {
  interface Window {
    takeLongest?: () => number;
  }
}

let site: EmbedSite;

beforeAll(async () => {
  site = await EmbedSite.open();
  site.putFile('docs/program.cpp', programCpp);
  prepare(site, { 'ten.html': tenElements, 'program.cpp': programCpp });
}, 300_000);

afterEach(() => site.endVisits());
afterAll(() => site.close());

const visitTen = async (): Promise<Visit> => {
  const visit = await site.visit({ body: tenElements, head: preparedLink });
  await visit.ready();
  return visit;
};

describe('before any interaction', () => {
  test('a page with ten elements fetches one script of at most 100 KB, and the texts it names', async () => {
    const visit = await visitTen();
    await visit.page.waitForNetworkIdle({ idleTime: 300 });
    expect(visit.asked.slice(1)).toEqual(['/some/sub/path/embed/asyncio-playground.js', '/some/sub/path/docs/program.cpp']);
    expect(readFileSync('dist/embed/asyncio-playground.js').length).toBeLessThanOrEqual(100_000);
  });

  test('an element is readable without its script', async () => {
    const visit = await site.visit({ body: tenElements }, (page) => page.setJavaScriptEnabled(false));
    expect(await visit.page.$eval('#wrapping', (element) => (element as HTMLElement).innerText)).toContain('std::puts("wrapped")');
  });
});

describe('an unedited program', () => {
  test('prints within a second from an empty cache, of at most 1.5 MB, without the compiler', async () => {
    const times: number[] = [];
    // Other programs of the machine may take time: the best of several visits counts.
    while (times.length < 8 && !(Math.min(...times) <= 1_000)) {
      const visit = await visitTen();
      const client = await visit.page.createCDPSession();
      await client.send('Network.enable');
      let bytes = 0;
      client.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
      times.push(
        await visit.page.$eval('#sampled', async (element) => {
          const started = performance.now();
          const printed = new Promise((resolve) => element.addEventListener('output', resolve, { once: true }));
          element.shadowRoot?.querySelector<HTMLElement>('.run')?.click();
          await printed;
          return performance.now() - started;
        }),
      );
      await visit.shows('.status', 'Finished, exit code 0', '#sampled');
      expect(visit.compilerFiles).toEqual([]);
      expect(bytes).toBeGreaterThan(500_000);
      expect(bytes + readFileSync('dist/embed/asyncio-playground.js').length).toBeLessThanOrEqual(1_500_000);
      await site.endVisits();
    }
    expect(Math.min(...times)).toBeLessThanOrEqual(1_000);
  }, 120_000);

  test.each([
    ['#sampled', 'Hello ...\n\x1b[31m... world!\x1b[0m\n'],
    ['#wrapping', 'wrapped\n'],
    ['#elsewhere', 'told of\n'],
    ['#fetched', 'from a file\n'],
    ['#given', 'two words a line\n'],
    ['#fast', 'an hour later\n'],
    // Without its seed: 01234567.
    ['#shuffled', expect.stringMatching(/^(?!01234567)[0-7]{8}$/)],
    ['#plain', 'plain\n'],
  ])('%s prints what it should, wherever its text comes from', async (selector, stdout: unknown) => {
    const visit = await visitTen();
    expect(await visit.run(selector)).toMatchObject({ stdout, report: { outcome: { type: 'complete', exitCode: 0 } } });
    expect(visit.compilerFiles).toEqual([]);
  });

  test('is compared with the expected output: a tick, or the lines that differ', async () => {
    const visit = await visitTen();
    await visit.run('#sampled');
    expect(await visit.text('.expected', '#sampled')).toContain('✓');
    await visit.run('#different');
    const difference = await visit.text('.expected', '#different');
    expect(difference).toContain('starting at line 2');
    expect(difference).toContain('− two\n+ three');
  });

  test('asks for input in its own line', async () => {
    const visit = await visitTen();
    const ran = visit.run('#asking');
    await visit.has('.console-input[data-awaited]', '#asking');
    await visit.page.type('#asking >>> .console-input input', 'Ada\n');
    expect(await ran).toMatchObject({ stdout: 'name? Hello Ada\n' });
  });

  test('is told to stop, and cleans up', async () => {
    const visit = await visitTen();
    const ran = visit.run('#endless');
    await visit.shows('.console', 'begun', '#endless');
    await visit.click('[part~="stop"]', '#endless');
    expect(await ran).toMatchObject({ stdout: 'begun\ncleaned up\n', report: { outcome: { type: 'stopped', forced: false } } });
    expect(await visit.text('.status', '#endless')).toBe('Stopped');
  });

  test('runs beside another one; a third waits and says so', async () => {
    const visit = await site.visit({
      head: preparedLink,
      body: ['one', 'two', 'three'].map((id) => tenElements.replace(/^[^]*(<asyncio-playground id="endless">[^]*?<\/asyncio-playground>)[^]*$/, '$1').replace('endless', id)).join(''),
    });
    await visit.ready();
    const runs = ['#one', '#two', '#three'].map((selector) => visit.run(selector));
    await visit.shows('.console', 'begun', '#one');
    await visit.shows('.console', 'begun', '#two');
    await visit.shows('.status', 'two programs of this page are already running', '#three');
    await visit.click('[part~="stop"]', '#one');
    await visit.shows('.console', 'begun', '#three');
    // One after the other: the output at the end of a run moves the buttons below it.
    await runs[0];
    await visit.click('[part~="stop"]', '#two');
    await runs[1];
    await visit.click('[part~="stop"]', '#three');
    await runs[2];
  });
});

describe('an edited program', () => {
  test('is compiled by a compiler that arrives once for all elements', async () => {
    const visit = await visitTen();
    for (const selector of ['#wrapping', '#elsewhere']) {
      await visit.page.focus(`${selector} >>> textarea`);
      await visit.page.keyboard.press('End');
      await visit.page.keyboard.type(' // mine');
    }
    const runs = await Promise.all(['#wrapping', '#elsewhere'].map((selector) => visit.run(selector)));
    expect(runs).toMatchObject([{ stdout: 'wrapped\n' }, { stdout: 'told of\n' }]);
    expect(visit.compilerFiles.filter((path) => path.endsWith('compiler.json'))).toHaveLength(1);
    expect(new Set(visit.compilerFiles).size).toBe(visit.compilerFiles.length);
  }, 120_000);

  test('has its errors at the lines the reader sees, hidden ones too', async () => {
    const visit = await visitTen();
    await visit.setText(sampledText.replace('co_await asyncio::sleep(20ms);', 'co_await nothing();'), '#sampled');
    const told = await visit.listen('#sampled');
    expect(await visit.run('#sampled')).toMatchObject({ report: { outcome: { type: 'compile-error' } } });
    const line = sampledText.split('\n').findIndex((text) => text.includes('sleep(')) + 1;
    expect(await visit.text('.diagnostic-place', '#sampled')).toMatch(new RegExp(`^main\\.cpp:${line}:\\d+$`));
    const marked = await visit.page.$eval('#sampled', ({ shadowRoot }) => {
      const lines = [...(shadowRoot?.querySelectorAll('.line') ?? [])];
      const at = lines.findIndex((one) => one.matches('.has-error'));
      const gutters = [...(shadowRoot?.querySelectorAll('.gutter') ?? [])].map(({ textContent }) => textContent).join('\n').split('\n');
      return { text: lines[at]?.textContent.trim(), number: Number(gutters[at]) };
    });
    expect(marked).toEqual({ text: 'co_await nothing();', number: line });
    expect((await told()).find(({ type }) => type === 'diagnostics')?.detail?.diagnostics?.[0]).toMatchObject({ range: { startLine: line } });

    await visit.setText(sampledText.replace('asyncio::run(amain());', 'asyncio::run(hidden());'), '#sampled');
    await visit.run('#sampled');
    const fold = '.fold[aria-expanded="true"]';
    expect(await visit.text(fold, '#sampled')).toBe('');
    await visit.click('button.diagnostic-line', '#sampled');
    await visit.has(fold, '#sampled');
    expect(await visit.page.$eval('#sampled', ({ shadowRoot }) => (shadowRoot?.activeElement as HTMLTextAreaElement | null)?.value)).toContain('hidden()');
  }, 120_000);

  test('is restored by Reset', async () => {
    const visit = await visitTen();
    await visit.setText('int main() {}', '#wrapping');
    await visit.click('[part~="reset"]', '#wrapping');
    expect(await visit.run('#wrapping')).toMatchObject({ stdout: 'wrapped\n' });
    expect(visit.compilerFiles).toEqual([]);
  });

  test('is formatted by format(), with its hidden lines still hidden', async () => {
    const visit = await visitTen();
    await visit.setText(sampledText.replace('    std::println("Hello ...");', 'std::println(  "Hello ..."  );'), '#sampled');
    const text = await visit.page.$eval('#sampled', async (element) => {
      await (element as AsyncioPlaygroundElement).format();
      return (element as AsyncioPlaygroundElement).getText();
    });
    expect(text).toContain('\n    std::println("Hello ...");\n');
    expect(await visit.page.$$eval('#sampled >>> .fold', (folds) => folds.length)).toBe(2);
  });
});

describe('for scripts in the page', () => {
  test('methods do what the buttons do, and events report it, on the element only', async () => {
    const visit = await visitTen();
    const told = await visit.listen('#wrapping');
    const bubbled = await visit.page.evaluateHandle(() => {
      const seen: string[] = [];
      for (const type of ['ready', 'run', 'output', 'exit', 'diagnostics', 'edit']) document.body.addEventListener(type, () => seen.push(type));
      return seen;
    });
    const report = await visit.page.$eval('#wrapping', (element) => (element as AsyncioPlaygroundElement).run());
    expect(report.outcome).toEqual({ type: 'complete', exitCode: 0 });
    expect((await told()).map(({ type }) => type)).toEqual(['run', 'diagnostics', 'output', 'exit']);
    await visit.page.focus('#wrapping >>> textarea');
    await visit.page.keyboard.type('/');
    const last = (await told()).at(-1);
    expect(last).toMatchObject({ type: 'edit', detail: { text: await visit.page.$eval('#wrapping', (element) => (element as AsyncioPlaygroundElement).getText()) } });
    expect(await bubbled.jsonValue()).toEqual([]);
    const stopped = await visit.page.$eval('#endless', async (element) => {
      const playground = element as AsyncioPlaygroundElement;
      const ended = playground.run();
      await new Promise((resolve) => playground.addEventListener('output', resolve, { once: true }));
      playground.stop();
      return (await ended).outcome;
    });
    expect(stopped).toEqual({ type: 'stopped', forced: false });
  });

  test('the whole program is its text, with hidden lines and without marks', async () => {
    const visit = await visitTen();
    expect(await visit.page.$eval('#sampled', (element) => (element as AsyncioPlaygroundElement).getText())).toBe(sampledText);
    await visit.setText('int main() {}\n', '#sampled');
    expect(await visit.page.$eval('#sampled', (element) => (element as AsyncioPlaygroundElement).getText())).toBe('int main() {}\n');
  });

  test('the link to the playground contains the current program', async () => {
    const visit = await visitTen();
    await visit.setText('int main() { return 7; } // carried\n', '#wrapping');
    await visit.page.hover('#wrapping >>> .open');
    await visit.page.waitForFunction(() => document.querySelector('#wrapping')?.shadowRoot?.querySelector<HTMLAnchorElement>('.open')?.href.includes('#code='), { polling: 20 });
    const href = await visit.page.$eval('#wrapping >>> .open', (link) => (link as HTMLAnchorElement).href);
    await visit.page.goto(href);
    await visit.page.waitForFunction(() => window.asyncioPlayground?.getText() === 'int main() { return 7; } // carried\n', { polling: 20 });
  });

  test('the link leads to the playground that the page names, or there is none', async () => {
    const visit = await visitTen();
    await visit.page.focus('#different >>> .open');
    await visit.page.waitForFunction(() => document.querySelector('#different')?.shadowRoot?.querySelector<HTMLAnchorElement>('.open')?.href.includes('#code='), { polling: 20 });
    const href = await visit.page.$eval('#different >>> .open', (link) => (link as HTMLAnchorElement).href);
    expect(href).toMatch(/^https:\/\/play\.example\/cpp\/#code=/);
    expect(await visit.page.$$('#plain >>> .open:not([hidden])')).toEqual([]);
  });
});

describe('looks', () => {
  test('follow the attributes, also later', async () => {
    const visit = await visitTen();
    const looks = (selector: string): Promise<unknown> =>
      visit.page.$eval(selector, ({ shadowRoot }) => {
        const gutter = shadowRoot?.querySelector<HTMLElement>('.gutter');
        const frame = shadowRoot?.querySelector('.frame');
        return { numbers: gutter?.hidden === false, editable: shadowRoot?.querySelector('textarea') !== null, colour: frame && getComputedStyle(frame).backgroundColor };
      });
    expect(await looks('#wrapping')).toEqual({ numbers: true, editable: true, colour: 'rgb(255, 255, 255)' });
    expect(await looks('#plain')).toEqual({ numbers: false, editable: false, colour: 'rgb(23, 26, 33)' });
    await visit.page.$eval('#plain', (element) => {
      element.removeAttribute('read-only');
      element.setAttribute('lines', 'true');
      element.setAttribute('theme', 'light');
    });
    expect(await looks('#plain')).toEqual({ numbers: true, editable: true, colour: 'rgb(255, 255, 255)' });
    expect(await visit.page.$$eval('#sampled >>> .highlighted', (lines) => lines.length)).toBe(2);
    await visit.run('#plain');
    expect(await visit.page.$eval('#plain >>> .console', (console) => console.clientHeight)).toBe(54);
  });

  test('can be changed by variables and parts', async () => {
    const visit = await site.visit({
      body: '<asyncio-playground>int main() {}</asyncio-playground>',
      head: '<style>asyncio-playground{--asyncio-surface:rgb(1,2,3)} asyncio-playground::part(run){color:rgb(4,5,6)}</style>',
    });
    await visit.ready();
    expect(await visit.page.$eval('asyncio-playground >>> .frame', (frame) => getComputedStyle(frame).backgroundColor)).toBe('rgb(1, 2, 3)');
    expect(await visit.page.$eval('asyncio-playground >>> .run', (run) => getComputedStyle(run).color)).toBe('rgb(4, 5, 6)');
  });

  test('axe finds nothing at any width in any theme, and nothing is wider than the page', async () => {
    const visit = await visitTen();
    await visit.run('#different');
    await visit.setText('int main() { int unused; return nothing; }', '#wrapping');
    await visit.run('#wrapping');
    await visit.page.$eval('#fetched', (element) => element.setAttribute('theme', 'darcula'));
    await visit.has('.problem', '#fetched');
    const asked = visit.run('#asking');
    await visit.has('.console-input[data-awaited]', '#asking');
    for (const width of [1280, 390]) {
      await visit.page.setViewport({ width, height: 800 });
      for (const scheme of ['light', 'dark']) {
        await visit.page.evaluate((wanted) => (document.documentElement.style.colorScheme = wanted), scheme);
        expect({ width, scheme, found: await axeViolations(visit.page) }).toEqual({ width, scheme, found: [] });
      }
      expect(await visit.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    await visit.click('[part~="stop"]', '#asking');
    await asked;
  }, 120_000);

  test('Tab leaves the text, Ctrl+Enter in it runs the program', async () => {
    const visit = await visitTen();
    await visit.page.focus('#wrapping >>> textarea');
    await visit.page.keyboard.press('Tab');
    expect(await visit.page.$eval('#wrapping', ({ shadowRoot }) => shadowRoot?.activeElement?.textContent)).toBe('Run');
    await visit.page.focus('#wrapping >>> textarea');
    await visit.page.keyboard.down('Control');
    await visit.page.keyboard.press('Enter');
    await visit.page.keyboard.up('Control');
    await visit.shows('.console', 'wrapped', '#wrapping');
  });
});

describe('fifty elements', () => {
  const fifty = Array.from({ length: 50 }, (_, at) => `<asyncio-playground id="e${at}"><pre><code>#include &lt;cstdio>\n${`// line of a program ${at}\n`.repeat(30)}int main() { std::puts("${at}"); }</code></pre></asyncio-playground>`).join('');

  test('respond within 100 ms, and those far from the view have neither colours nor output', async () => {
    const visit = await site.visit({ body: fifty });
    await visit.ready();
    await visit.has('.line', '#e0');
    const colours = (selector: string): Promise<number> => visit.page.$$eval(`${selector} >>> .line`, (lines) => lines.length);
    expect(await colours('#e49')).toBe(0);
    await visit.page.evaluate(() => {
      let durations: number[] = [];
      const observer = new PerformanceObserver((list) => durations.push(...list.getEntries().map(({ duration }) => duration)));
      observer.observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
      window.takeLongest = () => {
        const taken = [...durations, ...observer.takeRecords().map(({ duration }) => duration)];
        durations = [];
        return Math.max(0, ...taken);
      };
    });
    // Other programs of the machine may take time: the best of several rounds counts.
    const longest: number[] = [];
    while (longest.length < 6 && !(Math.min(...longest) <= 100)) {
      for (const id of ['e0', 'e25', 'e49']) {
        await visit.page.focus(`#${id} >>> textarea`);
        await visit.page.keyboard.type('// typed ');
        await visit.page.keyboard.press('Enter');
      }
      await visit.page.click('#e49 >>> .run');
      longest.push(await visit.page.evaluate(() => window.takeLongest?.() ?? Infinity));
    }
    expect(Math.min(...longest)).toBeLessThanOrEqual(100);
    await visit.has('.line', '#e49');
    await visit.page.waitForFunction(() => document.querySelector('#e0')?.shadowRoot?.querySelector('.line') === null, { polling: 20 });
    await visit.shows('.status', 'Finished', '#e49');
    await visit.page.evaluate(() => scrollTo(0, 0));
    await visit.page.waitForFunction(() => document.querySelector('#e49')?.shadowRoot?.querySelector('.console-line') === null, { polling: 20 });
    await visit.page.$eval('#e49', (element) => element.scrollIntoView());
    await visit.shows('.console', '49', '#e49');
  }, 120_000);
});
