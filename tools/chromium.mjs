import puppeteer from 'puppeteer-core';
import { findChromium } from './chromium-place.mjs';

export { findChromium };

/**
 * Launches a headless Chromium with a fresh profile that makes no requests of its own to the network.
 * @param {string[]} more further arguments
 */
export function launchChromium(more = []) {
  return puppeteer.launch({
    executablePath: findChromium(),
    headless: true,
    // A program may run longer than puppeteer waits for a response by default.
    protocolTimeout: 0,
    // Puppeteer does not handle signals: the caller closes the browser.
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
