import type { Browser, BrowserContext, Page } from 'puppeteer-core';

/**
 * A page whose waits look every 30 ms. Puppeteer looks before each frame that is drawn, and a browser on a busy machine
 * may not draw for minutes.
 */
export async function newPage(browser: Browser | BrowserContext): Promise<Page> {
  const page = await browser.newPage();
  const wait = page.waitForFunction.bind(page);
  page.waitForFunction = ((condition, options, ...args) => wait(condition, { polling: 30, ...options }, ...args));
  return page;
}
