import type { Page } from 'puppeteer-core';

export interface SeenOfPage {
  /** Its own errors, and requests to other machines. */
  readonly errors: string[];
  /** The paths of its requests. */
  readonly asked: string[];
}

/** Records what happens in a page from now on. `expected`: messages that its console may show. */
export function watchPage(page: Page, { errors, asked }: SeenOfPage = { errors: [], asked: [] }, expected?: RegExp): SeenOfPage {
  page.on('pageerror', (error) => errors.push(error instanceof Error ? error.message : String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && expected?.test(message.text()) !== true) errors.push(message.text());
  });
  page.on('request', (request) => {
    const { protocol, hostname, pathname } = new URL(request.url());
    if (!protocol.startsWith('http')) return;
    if (hostname !== '127.0.0.1') errors.push(`asked others: ${request.url()}`);
    asked.push(pathname);
  });
  return { errors, asked };
}
