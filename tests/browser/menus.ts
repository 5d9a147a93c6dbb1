import type { Frame, Page } from 'puppeteer-core';

/** Opens the menu in which an item is. */
export async function openMenuOf(page: Page | Frame, item: string): Promise<void> {
  const menu = await page.$eval(item, (element) => element.closest('[popover]')?.id);
  if (menu === undefined) throw new Error(`${item} is in no menu`);
  await page.click(`button[popovertarget="${menu}"]`);
  await page.waitForSelector(`#${menu}:popover-open`);
}

/** Chooses an item of one of the page's menus, as a user does. */
export async function choose(page: Page | Frame, item: string): Promise<void> {
  await openMenuOf(page, item);
  await page.click(item);
}
