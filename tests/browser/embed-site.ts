import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import { launchChromium } from '../../tools/chromium.mjs';
import { serveSite } from '../../tools/site-server.mjs';
import type { AsyncioPlaygroundElement } from '../../web/embed/element.js';
import type { RunReport } from '../../web/engine/run-controller.js';
import type { Diagnostic } from '../../web/protocol/diagnostic.js';
import { watchPage } from './watch-page.js';
import { newPage } from './new-page.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = join(root, 'dist');
const base = '/some/sub/path/';

export interface Told {
  type: string;
  detail: { text?: string; diagnostics?: Diagnostic[] } | undefined;
}

export interface DocsPage {
  /** The content of the page's body. */
  body: string;
  headers?: Record<string, string>;
  /** Before the element's script. */
  head?: string;
  /** The origin of the element: the page's own, or another one. */
  from?: 'here' | 'elsewhere';
}

/** The server of a documentation site, and another one that also has the element, like a CDN. */
export class EmbedSite {
  /** Responses of the documentation's server that are not files of dist/, by path. */
  readonly answers = new Map<string, { text: string | Buffer; type: string; headers?: Record<string, string> }>();
  readonly elsewhere: string;
  readonly #here: string;
  readonly #browser: Browser;
  readonly #closeServers: () => Promise<unknown>;
  readonly #visits: Visit[] = [];
  #pages = 0;

  private constructor(browser: Browser, here: string, elsewhere: string, closeServers: () => Promise<unknown>) {
    this.#browser = browser;
    this.#here = here;
    this.elsewhere = elsewhere;
    this.#closeServers = closeServers;
  }

  static async open(): Promise<EmbedSite> {
    if (!existsSync(join(dist, 'embed'))) throw new Error('dist/ is missing: npm run build -- --quick');
    const opened: { site?: EmbedSite } = {};
    const here = await serveSite({
      root: dist,
      base,
      before(request, response) {
        const answer = opened.site?.answers.get((request.url ?? '').slice(base.length));
        if (answer === undefined) return false;
        response.writeHead(200, { 'content-type': answer.type, ...answer.headers }).end(answer.text);
        return true;
      },
    });
    const elsewhere = await serveSite({
      root: dist,
      base: '/cdn/',
      before(_request, response) {
        response.setHeader('access-control-allow-origin', '*');
        return false;
      },
    });
    opened.site = new EmbedSite(await launchChromium(), here.url, elsewhere.url, () => Promise.all([here.close(), elsewhere.close()]));
    return opened.site;
  }

  /** Adds a page; returns its address. */
  put({ body, headers = {}, head = '', from = 'here' }: DocsPage): string {
    const script = from === 'here' ? '../embed/asyncio-playground.js' : `${this.elsewhere}embed/asyncio-playground.js`;
    const path = `docs/page-${(this.#pages += 1)}.html`;
    const text = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width">${head}<script type="module" src="${script}"></script></head><body><main><h1>A page</h1>${body}</main></body></html>`;
    this.answers.set(path, { text, type: 'text/html; charset=utf-8', headers });
    return this.#here + path;
  }

  /** Readable from all origins, including the opaque origin of a sandboxed page. */
  putFile(path: string, text: string | Buffer, type = 'text/plain; charset=utf-8'): void {
    this.answers.set(path, { text, type, headers: { 'access-control-allow-origin': '*' } });
  }

  /** A visitor with an empty cache. */
  async visit(page: DocsPage, prepare?: (page: Page) => Promise<unknown>): Promise<Visit> {
    const context = await this.#browser.createBrowserContext();
    const opened = await newPage(context);
    await opened.setViewport({ width: 1280, height: 800 });
    const visit = new Visit(context, opened);
    this.#visits.push(visit);
    await prepare?.(opened);
    await opened.goto(this.put(page));
    return visit;
  }

  /** Closes the visits; fails if a page had an error that its test did not expect. */
  async endVisits(): Promise<void> {
    const errors = [];
    for (const visit of this.#visits.splice(0)) {
      errors.push(...visit.errors);
      await visit.close();
    }
    if (errors.length > 0) throw new Error(`A page had errors:\n${errors.join('\n')}`);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#closeServers();
  }
}

/** Polls from outside the page, since the page's own scripts may have broken what puppeteer needs inside it. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}

export class Visit {
  readonly page: Page;
  readonly errors: string[] = [];
  /** Requested addresses, reduced to the last folder and the name. */
  readonly asked: string[] = [];
  readonly #context: BrowserContext;

  constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
    watchPage(page, this);
  }

  /** Ignores the browser's own errors about something that is wrong on purpose. */
  forget(expected: RegExp): void {
    this.errors.splice(0, Infinity, ...this.errors.filter((error) => !expected.test(error)));
  }

  /** The requested files of the compiler. */
  get compilerFiles(): string[] {
    return this.asked.filter((path) => /compiler-[^/]*\//.test(path));
  }

  async ready(selector = 'asyncio-playground'): Promise<void> {
    await this.page.waitForFunction(
      (wanted) => {
        const all = [...document.querySelectorAll(wanted)];
        return all.length > 0 && all.every(({ shadowRoot }) => shadowRoot?.firstElementChild);
      },
      { polling: 20 },
      selector,
    );
  }

  /** Presses Run and waits for the end. */
  async run(selector = 'asyncio-playground'): Promise<{ report: RunReport; stdout: string }> {
    return this.page.$eval(selector, async (element) => {
      let stdout = '';
      const add = (event: Event): void => {
        const { stream, text } = (event as CustomEvent<{ stream: string; text: string }>).detail;
        if (stream === 'stdout') stdout += text;
      };
      element.addEventListener('output', add);
      const report = new Promise<RunReport>((resolve) => {
        element.addEventListener('exit', (event) => resolve((event as CustomEvent<RunReport>).detail), { once: true });
      });
      element.shadowRoot?.querySelector<HTMLElement>('.run')?.click();
      const ended = await report;
      element.removeEventListener('output', add);
      return { report: ended, stdout };
    });
  }

  /** The visible text of a part of the element. */
  text(part: string, selector = 'asyncio-playground'): Promise<string> {
    return this.page.$eval(selector, (element, wanted) => (element.shadowRoot?.querySelector<HTMLElement>(wanted)?.innerText ?? '').trim(), part);
  }

  shows(part: string, text: string, selector = 'asyncio-playground'): Promise<unknown> {
    return this.page.waitForFunction(
      (wanted, inside, its) => document.querySelector(wanted)?.shadowRoot?.querySelector<HTMLElement>(inside)?.innerText.includes(its),
      { polling: 20 },
      selector,
      part,
      text,
    );
  }

  /** waitForSelector does not see mutations inside a shadow root. */
  has(part: string, selector = 'asyncio-playground'): Promise<unknown> {
    return this.page.waitForFunction((wanted, inside) => document.querySelector(wanted)?.shadowRoot?.querySelector(inside) instanceof Element, { polling: 20 }, selector, part);
  }

  click(part: string, selector = 'asyncio-playground'): Promise<void> {
    return this.page.click(`${selector} >>> ${part}`);
  }

  setText(text: string, selector = 'asyncio-playground'): Promise<void> {
    return this.page.$eval(selector, (element, value) => (element as AsyncioPlaygroundElement).setText(value), text);
  }

  /** Records the elements' events from now on; returns a function that reads them. */
  async listen(selector = 'asyncio-playground'): Promise<() => Promise<Told[]>> {
    await this.page.$$eval(selector, (elements) => {
      const told: Told[] = [];
      for (const type of ['ready', 'run', 'output', 'exit', 'diagnostics', 'edit']) {
        for (const element of elements) element.addEventListener(type, (event) => told.push({ type, detail: (event as CustomEvent<Told['detail']>).detail }));
      }
      (window as unknown as { told: Told[] }).told = told;
    });
    return () => this.page.evaluate(() => (window as unknown as { told: Told[] }).told);
  }

  close(): Promise<void> {
    return this.#context.close();
  }
}

/** Runs `npm run embed` on these pages and puts the result on the site below `docs/`. */
export function prepare(site: EmbedSite, pages: Record<string, string>): void {
  const folder = join(root, 'build/tests/embed');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(pages)) writeFileSync(join(folder, name), text);
  execFileSync(process.execPath, ['tools/embed.mjs', folder], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const out = join(folder, 'asyncio-snippets');
  const manifest = readFileSync(join(out, 'manifest.json'), 'utf8');
  site.putFile('docs/asyncio-snippets/manifest.json', manifest, 'application/json');
  const { modules } = JSON.parse(manifest) as { modules: Record<string, string> };
  for (const name of Object.values(modules)) site.putFile(`docs/asyncio-snippets/${name}`, readFileSync(join(out, name)), 'application/wasm');
}

export const preparedLink = '<link rel="asyncio-snippets" href="asyncio-snippets/manifest.json">';
