import type { Browser, Page } from 'puppeteer-core';
import { fileURLToPath } from 'node:url';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium } from '../../tools/chromium.mjs';
import { serveSite } from '../../tools/site-server.mjs';
import type { RunReport } from '../../web/engine/run-controller.js';
import type { Optimisation } from '../../web/protocol/compile.js';
import '../../web/playground/page/automation.js';
import { newPage } from './new-page.js';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));

export interface Chunk {
  stream: 'stdout' | 'stderr';
  text: string;
  /** Milliseconds since the click on Run. */
  at: number;
}

export interface RunOptions {
  stdin?: string;
  optimisation?: Optimisation;
}

export interface Ran {
  report: RunReport;
  chunks: Chunk[];
  stdout: string;
  stderr: string;
}

interface Hold {
  name: RegExp;
  held: (() => void)[];
}

interface VisitOptions {
  /** False disables service workers, since caching the whole site for each visitor takes long. */
  service?: boolean;
  /** If false, no program can be compiled or run: tests of other features take a fraction of the time. */
  compiler?: boolean;
  /** The fragment of the address. */
  fragment?: string;
}

/** A cookie that tells the server never to answer the visitor's requests for what programs need. */
const noCompiler = 'no-compiler';
const toRun = /\/compiler\.json$|\/asyncio-main-[^/]*\.wasm$/;

/** The built site under a sub-path, and a Chromium to open it with. */
export class Site {
  readonly url: string;
  /** Files for which the server responds with 503. */
  broken: RegExp | undefined;
  /** Text that the server sends instead of a file, by the file's name: a page or a script. */
  readonly replaced = new Map<string, string>();
  readonly #holds: Set<Hold>;
  readonly #browser: Browser;
  #visitor: Playground | undefined;
  #closeServer: () => Promise<void>;

  private constructor(browser: Browser, url: string, closeServer: () => Promise<void>, holds: Set<Hold>) {
    this.#holds = holds;
    this.#browser = browser;
    this.url = url;
    this.#closeServer = closeServer;
  }

  static async open(): Promise<Site> {
    if (!existsSync(join(dist, 'index.html'))) throw new Error('dist/ is missing: npm run build -- --quick');
    const faults: { site?: Site } = {};
    const holds = new Set<Hold>();
    const server = await serveSite({
      root: dist,
      base: '/some/sub/path/',
      before(request, response) {
        // Decompressing each file for each visitor takes longer than sending it uncompressed.
        request.headers['accept-encoding'] = 'identity';
        const url = request.url ?? '';
        if (toRun.test(url) && request.headers.cookie?.includes(noCompiler) === true) return true;
        const hold = [...holds].find(({ name }) => name.test(url));
        const name = url.slice(url.lastIndexOf('/') + 1);
        const text = faults.site?.replaced.get(name);
        // Once released, the browser requests the same file again.
        if (hold !== undefined) hold.held.push(() => response.writeHead(307, { location: url }).end());
        else if (text !== undefined) response.writeHead(200, { 'content-type': name.endsWith('.html') ? 'text/html' : 'text/javascript' }).end(text);
        else if (faults.site?.broken?.test(url) === true) response.writeHead(503, { 'content-type': 'text/plain' }).end('broken');
        else return false;
        return true;
      },
    });
    try {
      faults.site = new Site(await launchChromium(), server.url, server.close, holds);
      return faults.site;
    } catch (error) {
      await server.close();
      throw error;
    }
  }

  /**
   * A visitor with an empty storage. `prepare` is called before the page is requested. Code that the browser compiled
   * for an earlier visitor is reused.
   */
  async visit(
    prepare?: (page: Page) => Promise<unknown>,
    { service = false, compiler = true, fragment = '' }: VisitOptions = {},
  ): Promise<Playground> {
    if (this.#visitor?.closed === false) throw new Error('one visitor at a time: close() the one before');
    const context = this.#browser.defaultBrowserContext();
    const page = await newPage(context);
    await context.clearPermissionOverrides();
    const session = await page.createCDPSession();
    await session.send('Storage.clearDataForOrigin', { origin: new URL(this.url).origin, storageTypes: 'all' });
    await session.detach();
    if (!compiler) await context.setCookie({ name: noCompiler, value: 'yes', domain: new URL(this.url).hostname });
    if (!service) {
      await page.evaluateOnNewDocument(() => {
        Reflect.deleteProperty(Navigator.prototype, 'serviceWorker');
      });
    }
    const playground = new Playground(page);
    this.#visitor = playground;
    await page.setViewport({ width: 1280, height: 800 });
    await prepare?.(page);
    await page.goto(this.url + fragment);
    return playground;
  }

  /** The server does not respond to requests for such files until they are released. */
  hold(name: RegExp): () => void {
    const hold: Hold = { name, held: [] };
    this.#holds.add(hold);
    return () => {
      this.#holds.delete(hold);
      for (const answer of hold.held.splice(0)) answer();
    };
  }

  /** From now on the server does not respond. */
  async stopServing(): Promise<void> {
    await this.#closeServer();
    this.#closeServer = () => Promise.resolve();
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#closeServer();
  }
}

/** One visitor's page. Closing it fails if the page had an error that the test did not expect. */
export class Playground {
  readonly page: Page;
  closed = false;
  readonly #errors: string[] = [];
  readonly #foreign: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.#errors.push(error instanceof Error ? error.message : String(error)));
    page.on('console', (message) => {
      // Of a resource that could not be loaded only the place names the address.
      if (message.type() === 'error') this.#errors.push([message.text(), message.location().url ?? ''].join(' ').trim());
    });
    page.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (protocol.startsWith('http') && hostname !== '127.0.0.1') this.#foreign.push(request.url());
    });
  }

  /** Waits until the compiler is loaded and a program can start at once. */
  async ready(): Promise<void> {
    await this.page.waitForFunction(() => window.asyncioPlayground !== undefined);
    await this.page.evaluate(() => window.asyncioPlayground?.ready());
  }

  monaco(): Promise<unknown> {
    return this.page.waitForSelector('.monaco-editor textarea, .monaco-editor .native-edit-context');
  }

  /** Puts the text into the editor, clicks Run, and waits for the end. */
  async run(source: string, { stdin = '', optimisation = '0' }: RunOptions = {}): Promise<Ran> {
    const { report, chunks } = await this.page.evaluate(
      async (text, input, level) => {
        const playground = window.asyncioPlayground;
        if (playground === undefined) throw new Error('the page did not start');
        playground.setText(text);
        playground.setStdin(input);
        playground.setOptimisation(level);
        const received: Chunk[] = [];
        const clicked = performance.now();
        const ended = await playground.run((stream, piece) =>
          received.push({ stream, text: piece, at: performance.now() - clicked }),
        );
        return { report: ended, chunks: received };
      },
      source,
      stdin,
      optimisation,
    );
    const joined = (stream: string): string =>
      chunks.flatMap((chunk) => (chunk.stream === stream ? [chunk.text] : [])).join('');
    return { report, chunks, stdout: joined('stdout'), stderr: joined('stderr') };
  }

  setText(text: string): Promise<void> {
    return this.page.evaluate((value) => window.asyncioPlayground?.setText(value), text);
  }

  text(): Promise<string> {
    return this.page.evaluate(() => window.asyncioPlayground?.getText() ?? '');
  }

  /** Waits until the editor has this text. */
  textIs(text: string): Promise<unknown> {
    return this.page.waitForFunction((wanted) => window.asyncioPlayground?.getText() === wanted, { polling: 20 }, text);
  }

  textIsNot(text: string): Promise<unknown> {
    return this.page.waitForFunction((wanted) => window.asyncioPlayground?.getText() !== wanted, { polling: 20 }, text);
  }

  consoleText(): Promise<string> {
    return this.page.evaluate(() => window.asyncioPlayground?.consoleText() ?? '');
  }

  /** Waits until the console holds this text. */
  consoleShows(text: string): Promise<unknown> {
    return this.page.waitForFunction(
      (wanted) => window.asyncioPlayground?.consoleText().includes(wanted),
      { polling: 20 },
      text,
    );
  }

  /** Returns and clears the errors that the test provoked. */
  takeErrors(): string[] {
    return this.#errors.splice(0);
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const page of await this.page.browserContext().pages()) await page.close();
    if (this.#errors.length > 0) throw new Error(`The page had errors:\n${this.#errors.join('\n')}`);
    if (this.#foreign.length > 0) throw new Error(`The page asked others:\n${this.#foreign.join('\n')}`);
  }
}
