import type { Frame, Page } from 'puppeteer-core';

export const screens = ['code', 'output', 'timeline', 'more'] as const;

const screenOf: Record<string, (typeof screens)[number]> = { 'console-tab': 'output', 'timeline-tab': 'timeline' };

/** Opens a view of the run by its tab, which a phone has at the bottom or in More. */
export async function openView(page: Page | Frame, tab: string): Promise<void> {
  if (await page.$eval('#screens', (list) => list.checkVisibility())) await page.click(`#${screenOf[tab] ?? 'more'}-screen`);
  if (await page.$eval(`#${tab}`, (one) => one.checkVisibility())) await page.click(`#${tab}`);
}
