import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import { launchChromium } from '../../../tools/chromium.mjs';
import { serveSite } from '../../../tools/site-server.mjs';
import type { Optimisation } from '../../../web/protocol/compile.js';
import type { Outcome, ProgramOptions, RunFacts, WatchMessage } from '../../../web/protocol/program.js';
import type { OwnNetLoop } from './own-net-worker.js';
import type { Blocking, Chunk, Ran } from './page.js';
import { SideModules } from './side-modules.js';
import type { Seen } from './watched.js';
import { newPage } from '../new-page.js';

export type { Blocking };

const root = fileURLToPath(new URL('../../..', import.meta.url));
/** One for each of Jest's workers: two of them build it at the same time. */
const site = join(root, `build/tests/program-host-${process.env['JEST_WORKER_ID'] ?? '1'}`);

export interface Finished {
  outcome: Outcome;
  stdout: string;
  stderr: string;
  chunks: Chunk[];
  firstOutputMs: number;
  totalMs: number;
  longestBlockMs: number;
  facts: RunFacts;
}

/** A page in Chromium with only the program host. Closing it fails if the page had an error. */
export class ProgramPage {
  readonly modules: SideModules;
  readonly #browser: Browser;
  readonly page: Page;
  readonly #closeServer: () => Promise<void>;
  readonly #errors: string[] = [];

  private constructor(browser: Browser, page: Page, isolated: boolean, closeServer: () => Promise<void>) {
    this.modules = new SideModules(site, { threads: isolated });
    this.#browser = browser;
    this.page = page;
    this.#closeServer = closeServer;
    page.on('pageerror', (error) => this.#errors.push(error instanceof Error ? error.message : String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.#errors.push(message.text());
    });
  }

  /** `chromium`: further arguments for it. `isolated`: cross-origin isolated, so that programs have threads. */
  static async open(chromium: string[] = [], { isolated = false } = {}): Promise<ProgramPage> {
    if (!existsSync(join(root, 'build/wasm/web/program/asyncio-main.wasm'))) {
      throw new Error('The main module is missing: npm run build -- --quick');
    }
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    const config = join(root, 'tests/browser/program/vite.config.ts');
    execFileSync(process.execPath, [vite, 'build', '--config', config, '--outDir', site, '--logLevel', 'warn'], { stdio: 'pipe' });
    const server = await serveSite({ root: site, isolated });
    const browser = await launchChromium(chromium);
    const page = await newPage(browser);
    const opened = new ProgramPage(browser, page, isolated, server.close);
    await page.goto(server.url);
    return opened;
  }

  /** Builds a program of this folder; returns the module's file name. */
  build(name: string, optimisation?: Optimisation): string {
    return this.modules.build(name, readFileSync(new URL(`${name}.cpp`, import.meta.url), 'utf8'), optimisation);
  }

  /** The cost of requests to the page's own network in JavaScript, in milliseconds. */
  ownNet(loop: OwnNetLoop, count: number): Promise<number> {
    return this.page.evaluate((how, times) => window.programs.ownNet(how, times), loop, count);
  }

  /** The number of workers in the browser: programs, their threads, and the spare one. */
  async workers(): Promise<number> {
    const session = await this.#browser.target().createCDPSession();
    const { targetInfos } = await session.send('Target.getTargets', { filter: [{ type: 'worker' }] });
    await session.detach();
    return targetInfos.length;
  }

  /** Resolves when at most this number of workers is left. */
  async workersFallTo(count: number): Promise<void> {
    while ((await this.workers()) > count) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /** Clears the errors that a test provoked. */
  forgetErrors(expected: RegExp): void {
    const others = this.#errors.filter((error) => !expected.test(error));
    this.#errors.splice(0, this.#errors.length, ...others);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#closeServer();
    if (this.#errors.length > 0) throw new Error(`the page had errors: ${this.#errors.join('; ')}`);
  }

  warm(blocking: Blocking = 'jspi'): Promise<void> {
    return this.page.evaluate((how) => window.programs.warm(how), blocking);
  }

  /** `stdin`: all of the input, or null when it comes later. */
  async start(
    module: string,
    args: string[] = [],
    stdin: string | null = '',
    blocking: Blocking = 'jspi',
  ): Promise<Running> {
    return this.startWith(module, { args, stdin }, blocking);
  }

  async startWith(module: string, options: ProgramOptions, blocking: Blocking = 'jspi'): Promise<Running> {
    await this.page.evaluate((url) => window.programs.load(url), module);
    await this.warm(blocking);
    const id = await this.page.evaluate(
      (url, given, how) => window.programs.start(url, given, how),
      module,
      options,
      blocking,
    );
    return new Running(this.page, id);
  }

  async runWith(module: string, options: ProgramOptions, blocking: Blocking = 'jspi'): Promise<Finished> {
    return (await this.startWith(module, options, blocking)).finished();
  }

  async run(module: string, args: string[] = [], stdin: string | null = '', blocking: Blocking = 'jspi'): Promise<Finished> {
    return (await this.start(module, args, stdin, blocking)).finished();
  }
}

export class Running {
  readonly #page: Page;
  readonly #id: number;

  constructor(page: Page, id: number) {
    this.#page = page;
    this.#id = id;
  }

  async printed(text: string): Promise<void> {
    await this.#page.waitForFunction((id, wanted) => window.programs.text(id).includes(wanted), {}, this.#id, text);
  }

  /** All output so far, of both streams. */
  text(): Promise<string> {
    return this.#page.evaluate((id) => window.programs.text(id), this.#id);
  }

  /** Waits until the program has begun to wait for input this number of times. */
  async awaitsInput(times: number): Promise<void> {
    await this.#page.waitForFunction((id, wanted) => window.programs.awaited(id) >= wanted, {}, this.#id, times);
  }

  input(text: string): Promise<void> {
    return this.#page.evaluate((id, typed) => window.programs.input(id, typed), this.#id, text);
  }

  endInput(): Promise<void> {
    return this.#page.evaluate((id) => window.programs.endInput(id), this.#id);
  }

  stop(): Promise<void> {
    return this.#page.evaluate((id) => {
      window.programs.stop(id);
    }, this.#id);
  }

  watch(message: WatchMessage): Promise<void> {
    return this.#page.evaluate((id, told) => {
      window.programs.watch(id, told);
    }, this.#id, message);
  }

  /** Traces, await graphs and pauses so far. */
  seen(): Promise<Seen> {
    return this.#page.evaluate((id) => window.programs.seen(id), this.#id);
  }

  /** Waits until it has paused this number of times. */
  async pauses(times: number): Promise<void> {
    await this.#page.waitForFunction((id, wanted) => window.programs.seen(id).pauses.length >= wanted, {}, this.#id, times);
  }

  /** Waits until this number of await graphs has arrived. */
  async graphs(count: number): Promise<void> {
    await this.#page.waitForFunction((id, wanted) => window.programs.seen(id).graphs.length >= wanted, {}, this.#id, count);
  }

  /** Ends the program like a forced Stop. */
  kill(): Promise<void> {
    return this.#page.evaluate((id) => {
      window.programs.kill(id);
    }, this.#id);
  }

  async finished(): Promise<Finished> {
    const ran: Ran = await this.#page.evaluate((id) => window.programs.ran(id), this.#id);
    const text = (wanted: 'stdout' | 'stderr'): string =>
      ran.chunks.flatMap(({ stream, text }) => (stream === wanted ? [text] : [])).join('');
    return {
      ...ran,
      stdout: text('stdout'),
      stderr: text('stderr'),
      firstOutputMs: ran.chunks[0]?.at ?? NaN,
    };
  }
}
