import { openPlayground } from '../playground.mjs';
import { UserError } from '../process.mjs';
import { readPalettes } from './palettes.mjs';

/** @typedef {import('../../web/panels/timeline/chrome-trace.js').ChromeTraceEvent} ChromeTraceEvent */

const saveButton = '.timeline-bar button ::-p-text(Save trace)';

/**
 * Runs the program in the page by the fast clock, which stands still but for sleeps: the same program has the same
 * times.
 * @param {string} source
 * @param {string} dist
 */
export async function record(source, dist) {
  const playground = await openPlayground({ dist });
  try {
    const { page } = playground;
    // A program is traced while its timeline is in sight.
    await page.click('#timeline-tab');
    let output = '';
    const { outcome, compilerText } = await playground.run(
      source,
      { stdin: '', optimisation: '0', clock: 'fast', seed: null, timeoutMs: 60_000 },
      (_stream, text) => {
        output += text;
      },
    );
    if (outcome.type !== 'complete' || outcome.exitCode !== 0) {
      throw new UserError(`The program failed: ${JSON.stringify(outcome)}\n${compilerText}${output}`);
    }
    return { events: await savedTrace(page), output, palettes: await readPalettes(page) };
  } finally {
    await playground.close();
  }
}

/**
 * What a click on "Save trace" saves.
 * @param {import('puppeteer-core').Page} page
 * @returns {Promise<ChromeTraceEvent[]>}
 */
async function savedTrace(page) {
  const saved = await page.evaluateHandle(() => {
    const { createObjectURL } = URL;
    return {
      text: new Promise((resolve) => {
        URL.createObjectURL = (blob) => {
          URL.createObjectURL = createObjectURL;
          resolve(/** @type {Blob} */ (blob).text());
          return createObjectURL.call(URL, blob);
        };
      }),
    };
  });
  await page.click(saveButton);
  const text = /** @type {string} */ (await saved.evaluate((it) => it.text));
  return JSON.parse(text).traceEvents;
}
