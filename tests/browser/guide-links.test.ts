import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readSnippet, snippetsIn, snippetsOf } from '../../web/docs/site/snippet.mjs';
import { codeIn, projectOfCode } from '../../web/project/link.js';
import { exampleIn } from '../../web/project/example-link.js';

const site = fileURLToPath(new URL('../../build/docs', import.meta.url));
const docs = fileURLToPath(new URL('../../web/docs', import.meta.url));
const examples = fileURLToPath(new URL('../../examples', import.meta.url));
const origin = 'http://guide.example';

interface Link {
  page: string;
  url: URL;
}

let pages: Map<string, string>;
let links: Link[];

beforeAll(() => {
  if (!existsSync(join(site, 'index.html'))) throw new Error('build/docs is missing: npm run docs');
  const files = readdirSync(site, { recursive: true, encoding: 'utf8' });
  const html = files.filter((file) => file.endsWith('.html') && !file.startsWith('playground'));
  pages = new Map(html.map((file) => [`/${file}`, readFileSync(join(site, file), 'utf8')]));
  links = [...pages].flatMap(([page, text]) =>
    [...text.matchAll(/<(?:a|link|script|img)\b[^>]*?\s(?:href|src)="([^"]*)"/g)].map(([, target = '']) => ({
      page,
      url: new URL(target.replaceAll('&amp;', '&'), origin + page),
    })),
  );
});

const told = ({ page, url }: Link): string => `${page} -> ${url.pathname}${url.hash}`;
const inSite = (): Link[] => links.filter(({ url }) => url.origin === origin);
const plain = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&#(?:x([\da-f]+)|(\d+));/gi, (_all, hex: string | undefined, decimal = '') => String.fromCodePoint(hex === undefined ? Number(decimal) : parseInt(hex, 16)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
const fileOf = ({ pathname }: URL): string => decodeURIComponent(pathname.endsWith('/') ? `${pathname}index.html` : pathname);

test('the site has its pages, and they have links', () => {
  expect(pages.size).toBeGreaterThan(80);
  expect(inSite().length).toBeGreaterThan(1000);
});

test('every link within the site leads to a file', () => {
  expect([...new Set(inSite().filter(({ url }) => !existsSync(join(site, fileOf(url)))).map(told))]).toEqual([]);
});

test('every link to a place in a page leads to that place', () => {
  const lost = inSite().filter(({ url }) => {
    const text = pages.get(fileOf(url));
    return url.hash.length > 1 && text !== undefined && !text.includes(` id="${decodeURIComponent(url.hash.slice(1))}"`);
  });
  expect([...new Set(lost.map(told))]).toEqual([]);
});

test('every program of a page can be read there without a script', () => {
  for (const [page, text] of pages) {
    const source = join(docs, page.replace(/\.html$/, '.md'));
    if (!existsSync(source)) continue;
    const programs = [...text.matchAll(/<asyncio-playground\b[^>]*>(.*?)<\/asyncio-playground>/gs)].map(([, inner = '']) => plain(inner));
    expect(programs).toEqual(snippetsOf(readFileSync(source, 'utf8')).map((src) => readSnippet(src).text.trimEnd()));
  }
});

test('every entry of the reference has a program in its page', () => {
  const ofNames = [...pages].filter(([page]) => page.startsWith('/reference/') && !page.endsWith('/index.html'));
  const entries = ofNames.flatMap(([, text]) => text.split('<h2 id="').slice(1));
  expect(entries.length).toBeGreaterThan(200);
  const without = entries.filter((entry) => !/<asyncio-playground\b|In the program of <a href="#/.test(entry));
  expect(without.map((entry) => entry.slice(0, entry.indexOf('"')))).toEqual([]);
});

test('the site loads nothing from elsewhere', () => {
  const loaded = [...pages.values()].flatMap((text) => [...text.matchAll(/<(?:script|link|img|iframe)\b[^>]*?\s(?:src|href)="(https?:[^"]*)"/g)]);
  expect(loaded.map(([, url]) => url)).toEqual([]);
});

describe('a link into the playground', () => {
  const fragments = (): string[] => [...new Set(inSite().flatMap(({ url }) => (url.pathname === '/playground/' ? [url.hash] : [])))];

  test('of an example names one that is there', () => {
    const names = fragments().flatMap((hash) => exampleIn(hash) ?? []);
    expect(names.length).toBeGreaterThan(60);
    expect(names.filter((name) => !existsSync(join(examples, `${name}.cpp`)))).toEqual([]);
  });

  test('of a program of the guide holds its text', async () => {
    const codes = fragments().flatMap((hash) => codeIn(hash) ?? []);
    const projects = await Promise.all(codes.map(projectOfCode));
    const texts = [...snippetsIn('snippets'), ...snippetsIn('reference')].map((src) => readSnippet(src).text);
    expect(projects.map(({ files }) => files[0]?.text).sort()).toEqual(texts.sort());
  });
});
