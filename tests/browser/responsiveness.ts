import type { Page } from 'puppeteer-core';

interface Watch {
  longest: number;
  on: boolean;
}

/**
 * Measures how long the page is too busy to respond; returns a function that ends it and returns the longest time in
 * ms.
 */
export async function watchResponsiveness(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const watch = { longest: 0, on: true };
    let last = performance.now();
    const tick = (): void => {
      const now = performance.now();
      watch.longest = Math.max(watch.longest, now - last);
      last = now;
      if (watch.on) setTimeout(tick, 0);
    };
    tick();
    Object.assign(window, { responsiveness: watch });
  });
  return () =>
    page.evaluate(() => {
      const { responsiveness } = window as unknown as { responsiveness: Watch };
      responsiveness.on = false;
      return Math.round(responsiveness.longest);
    });
}
