import { html, status, type Host } from './host.js';
import { NetResponse } from './response.js';

const PAGES = 24;
const SERVING_MS = 60;

/** A small site of linked pages, for programs that follow links. */
export function pages(): Host {
  return async ({ url, signal }, { clock }) => {
    if (url.pathname === '/robots.txt') {
      return new NetResponse('User-agent: *\nDisallow: /private/\nCrawl-delay: 0.1\n', {
        headers: { 'content-type': 'text/plain; charset=utf-8' },
      });
    }
    const number = url.pathname === '/' ? 0 : Number(/^\/page\/(\d+)$/.exec(url.pathname)?.[1] ?? NaN);
    if (!(number < PAGES)) return status(404);
    await clock.sleep(SERVING_MS, signal);
    const links = linksOf(number).map((to) => `<li><a href="${to === 0 ? '/' : `/page/${to}`}">Page ${to}</a></li>`);
    return html(
      `<!doctype html>\n<title>Page ${number}</title>\n<h1>Page ${number}</h1>\n<ul>\n${links.join('\n')}\n</ul>\n`,
    );
  };
}

/** Links form a tree that reaches every page from the first, with a few cross links. */
function linksOf(number: number): number[] {
  const links = [2 * number + 1, 2 * number + 2, (number * 7 + 3) % PAGES];
  return [...new Set(links)].filter((to) => to < PAGES && to !== number).sort((a, b) => a - b);
}
