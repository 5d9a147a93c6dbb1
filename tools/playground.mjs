import { launchChromium } from './chromium.mjs';
import { UserError } from './process.mjs';
import { serveSite } from './site-server.mjs';

/**
 * How a run ended, as the page reports it; `timedOut` when this process stopped it.
 * @typedef {import('../web/engine/run-controller.js').RunReport & { timedOut: boolean }} SnippetReport
 */

const loadLimitMs = 120_000;

/** How long a program may go on after a request to stop before it is terminated. */
const stopGraceMs = 1_000;

/**
 * Opens the page in a headless Chromium and waits until a Run can start at once. The page is one that is already
 * served, or the one in a folder, which is served as long as it is open.
 * @param {{ url: string } | { dist: string }} place
 */
export async function openPlayground(place) {
  const site = 'url' in place ? { url: place.url, close: async () => undefined } : await serveSite({ root: place.dist });
  /** @type {import('puppeteer-core').Browser | undefined} */
  let browser;
  const close = async () => {
    await browser?.close();
    await site.close();
  };
  try {
    browser = await launchChromium().catch((error) => {
      throw new UserError(`Chromium could not be started: ${error.message}`);
    });
    const page = await browser.newPage();
    /** @type {string[]} */
    const pageErrors = [];
    page.on('pageerror', (error) => pageErrors.push(String(error)));
    await page.goto(site.url);
    await withLimit(
      page
        .waitForFunction(() => window.asyncioPlayground !== undefined, { timeout: loadLimitMs })
        .then(() => page.evaluate(() => window.asyncioPlayground?.ready())),
      loadLimitMs,
      'The page was not ready within two minutes.',
    ).catch((error) => {
      throw new UserError(`The playground could not be loaded: ${[error.message, ...pageErrors].join('\n')}`);
    });
    return { page, ...controls(page), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** @param {import('puppeteer-core').Page} page */
function controls(page) {
  /** @type {(stream: 'stdout' | 'stderr', text: string) => void} */
  let hear = () => undefined;
  /** @type {() => Promise<string | null>} */
  let feed = async () => null;
  const exposed = Promise.all([
    page.exposeFunction('snippetOutput', (/** @type {'stdout' | 'stderr'} */ stream, /** @type {string} */ text) => hear(stream, text)),
    page.exposeFunction('snippetInput', () => feed()),
  ]);
  const stop = () => page.evaluate(() => window.asyncioPlayground?.stop()).catch(() => undefined);

  /**
   * The text of input and output can represent any bytes (any-bytes.mjs). Rejects with the error of reading the input.
   * @param {string} source
   * @param {{ stdin: string | import('./standard-input.mjs').StandardInput, optimisation: '0' | '1' | '2',
   *   clock: 'real' | 'fast' | 'slow', seed: number | null, timeoutMs: number | undefined }} options
   * @param {(stream: 'stdout' | 'stderr', text: string) => void} onOutput
   * @returns {Promise<SnippetReport>}
   */
  async function run(source, { timeoutMs, stdin, ...options }, onOutput) {
    await exposed;
    hear = onOutput;
    const given = typeof stdin === 'string' ? stdin : stdin.whole();
    if (typeof stdin !== 'string') feed = () => stdin.next();
    let timedOut = false;
    const timers = new Set();
    /** @param {number} ms @param {() => void} action */
    const after = (ms, action) => timers.add(setTimeout(action, ms));
    if (timeoutMs !== undefined) {
      after(timeoutMs, () => {
        timedOut = true;
        void stop();
        after(stopGraceMs, () => void stop());
      });
    }
    try {
      const report = await page.evaluate(runInPage, source, { ...options, stdin: given ?? null });
      return { ...report, timedOut };
    } finally {
      for (const timer of timers) clearTimeout(timer);
    }
  }

  return { run, stop };
}

/**
 * Runs in the page. Output is sent in the order it was written; the report waits until all of it has been sent. If the
 * input is null, it is requested when the program waits for it, until a line is complete.
 * @param {string} source
 * @param {{ stdin: string | null, optimisation: '0' | '1' | '2', clock: 'real' | 'fast' | 'slow', seed: number | null }} options
 */
async function runInPage(source, { stdin, optimisation, clock, seed }) {
  const playground = window.asyncioPlayground;
  if (playground === undefined) throw new Error('the page did not start');
  playground.setText(source);
  playground.setStdin(stdin);
  playground.setOptimisation(optimisation);
  playground.setPace(clock, seed);
  /** @type {{ stream: 'stdout' | 'stderr', text: string }[]} */
  const waiting = [];
  let sending = Promise.resolve();
  const sendAll = async () => {
    for (let chunk = waiting.shift(); chunk !== undefined; chunk = waiting.shift()) {
      await window.snippetOutput(chunk.stream, chunk.text);
    }
  };
  let feeding = false;
  const feedLine = async () => {
    if (feeding) return;
    feeding = true;
    for (let text = ''; !text.endsWith('\n');) {
      const next = await window.snippetInput();
      if (next === null) return playground.endInput();
      text = next;
      playground.input(text);
    }
    feeding = false;
  };
  /** @type {(error: unknown) => void} */
  let failInput;
  const inputFailed = new Promise((_resolve, reject) => {
    failInput = reject;
  });
  const ran = playground.run(
    (stream, text) => {
      const last = waiting.at(-1);
      // Output that comes while a message is in flight is batched into the next one.
      if (last?.stream === stream) last.text += text;
      else if (waiting.push({ stream, text }) === 1) sending = sending.then(sendAll);
    },
    () => void feedLine().catch(failInput),
  );
  const report = await Promise.race([ran, /** @type {Promise<never>} */ (inputFailed)]);
  await sending;
  return report;
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {number} ms
 * @param {string} message
 * @returns {Promise<T>}
 */
async function withLimit(promise, ms, message) {
  let timer;
  const limit = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(message)), ms);
  });
  try {
    return await Promise.race([promise, /** @type {Promise<never>} */ (limit)]);
  } finally {
    clearTimeout(timer);
  }
}
