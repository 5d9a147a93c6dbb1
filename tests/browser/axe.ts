import axe from 'axe-core';
import type { Page } from 'puppeteer-core';

/**
 * The violations of WCAG 2.2 AA that axe finds in the current page, or in one part of it: each rule with its elements.
 */
export async function axeViolations(page: Page, part?: string): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async (selector) => {
    const { axe: here } = window as unknown as { axe: typeof axe };
    const { violations } = await here.run(selector ?? document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help}: ${target.join(' ')}`));
  }, part);
}
