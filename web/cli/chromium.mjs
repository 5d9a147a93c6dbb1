// @ts-check
import { existsSync } from 'node:fs';
import puppeteer from 'puppeteer-core';

const candidates = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'];

/** CHROMIUM in the environment, or where Debian puts it. */
export function findChromium() {
  const path = [process.env['CHROMIUM'], ...candidates].find((it) => it !== undefined && existsSync(it));
  if (path === undefined) {
    throw new Error('Chromium was not found. On Debian: node emsdk-config/setup.mjs. Elsewhere: set CHROMIUM to its path.');
  }
  return path;
}

/**
 * A headless Chromium with a fresh profile that asks nothing of the outside network.
 * @param {string[]} more further arguments
 */
export function launchChromium(more = []) {
  return puppeteer.launch({
    executablePath: findChromium(),
    headless: true,
    // A program may run for longer than puppeteer is ready to wait for an answer.
    protocolTimeout: 0,
    // Node's own handling of signals stays: the caller closes the browser.
    handleSIGINT: false,
    handleSIGTERM: false,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
}
