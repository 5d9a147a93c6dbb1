import { copyFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium, launchChromium } from '../../tools/chromium.mjs';
import { root, run } from '../../tools/process.mjs';
import { serveSite } from '../../tools/site-server.mjs';

const site = join(root, 'build/bench');

/** @typedef {import('./statistics.mjs').Sample} Sample */

/**
 * Builds the page of the benchmarks and opens it in headless Chromium.
 * @returns {Promise<{ version: string, measure: (variant: 'wasm' | 'promises' | 'pyodide', name: string, seconds: number) => Promise<Sample>, close: () => Promise<void> }>}
 */
export async function openBrowser() {
  findChromium();
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  await run(process.execPath, [vite, 'build', '--config', 'tests/bench/browser/vite.config.ts', '--logLevel', 'error'], 'See the message above.');
  copyFileSync(join(root, 'build/wasm/tests/bench/bench.wasm'), join(site, 'bench.wasm'));
  symlinkSync(join(root, 'node_modules/pyodide'), join(site, 'pyodide'));
  const server = await serveSite({ root: site });
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.goto(server.url);
  await page.waitForFunction('window.bench !== undefined');
  return {
    version: await browser.version(),
    measure: (variant, name, seconds) =>
      page.evaluate((...args) => /** @type {any} */ (window).bench.measure(...args), variant, name, seconds),
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
