import type { Page } from 'puppeteer-core';

/** As in the browser's settings: 100 is usual. */
export async function setTextSize(page: Page, percent: number): Promise<void> {
  const session = await page.createCDPSession();
  await session.send('Page.setFontSizes', { fontSizes: { standard: (16 * percent) / 100, fixed: (13 * percent) / 100 } });
  await session.detach();
}
