import puppeteer from 'puppeteer-core';
import { findChromium } from './chromium-place.mjs';

export { findChromium };

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
