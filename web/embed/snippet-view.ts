import type { RunPhase } from '../engine/run-controller.js';
import { linkTo } from '../project/link.js';
import { defaultOptions } from '../project/project-options.js';
import { withFixIts } from '../editor/text-range.js';
import { threadsAvailable } from '../engine/threads-available.js';
import type { Diagnostic } from '../protocol/diagnostic.js';
import type { Stream } from '../protocol/program.js';
import type { Settings } from './attributes.js';
import { CodeView } from './code-view.js';
import { make } from './dom.js';
import { besideScript } from '../engine/beside-script.js';
import { shownDiagnostics } from '../panels/shown-diagnostics.js';
import type * as runnerCode from './runner.js';
import type { Runner, RunReport } from './runner.js';
import { beginDownload } from '../engine/runtime-code.js';
import { parseSnippet, sourceOf, textOf, withText, type Block } from '../engine/prepared/snippet-text.js';
import { whatIsMissing, whyNoThreads } from '../engine/why-not-here.js';

/** Notifications that the element turns into events. */
export interface SnippetEvents {
  run(detail: { text: string; edited: boolean }): void;
  output(detail: { stream: Stream; text: string }): void;
  diagnostics(detail: { diagnostics: Diagnostic[] }): void;
  exit(report: RunReport): void;
  edit(detail: { text: string }): void;
}

type Phase = RunPhase | 'loading' | 'waiting';

/** A snippet on the page: its text, its buttons, and its runs. */
export class SnippetView {
  readonly element: HTMLElement;
  readonly #root: ShadowRoot;
  readonly #events: SnippetEvents;
  readonly #code: CodeView;
  readonly #run = make('button', { part: 'button run', className: 'run', type: 'button', textContent: 'Run', title: 'Run the program (Ctrl+Enter)' });
  readonly #stop = make('button', { part: 'button stop', type: 'button', textContent: 'Stop', hidden: true });
  readonly #reset = make('button', { part: 'button reset', type: 'button', textContent: 'Reset', title: 'Restore the original text', hidden: true });
  readonly #copy = make('button', { part: 'button copy', type: 'button', textContent: 'Copy' });
  readonly #open = make('a', { part: 'button open', className: 'open', target: '_blank', rel: 'noopener' }, 'Open', make('span', { className: 'where', textContent: ' in the playground' }));
  readonly #status = make('span', { part: 'status', className: 'status', role: 'status' });
  readonly #notice = make('p', { part: 'notice', className: 'notice', hidden: true });
  readonly #results = make('div', { className: 'results' });
  #settings: Settings;
  #original: Block[];
  #originalText: string;
  #own: boolean;
  #runner: Promise<Runner> | undefined;
  #loaded: Runner | undefined;
  #near = false;
  #ended = false;
  /** Incremented by each Run and Stop, to detect outdated results. */
  #turn = 0;
  #linkedText: string | undefined;

  constructor(root: ShadowRoot, blocks: Block[], own: boolean, settings: Settings, events: SnippetEvents) {
    this.#root = root;
    this.#events = events;
    this.#settings = settings;
    this.#original = blocks;
    this.#originalText = textOf(blocks);
    this.#own = own;
    this.#code = new CodeView(blocks, looksOf(settings), () => this.#edited());
    const tools = make('div', { part: 'toolbar', className: 'tools' }, this.#run, this.#stop, this.#status, this.#reset, this.#copy, this.#open);
    this.element = make('div', { part: 'frame', className: 'frame' }, this.#code.element, tools, this.#notice, this.#results);
    this.#listen();
    this.settings = settings;
  }

  get text(): string {
    return this.#code.text;
  }

  /** The page's original program, not edited by the reader. */
  get unedited(): boolean {
    return this.text === this.#originalText;
  }

  get busy(): boolean {
    return !this.#stop.hidden;
  }

  set text(text: string) {
    this.#code.show(withText(this.#original, text));
    this.#changed();
  }

  /** The page has changed its program. */
  replaceOriginal(blocks: Block[]): void {
    this.#original = blocks;
    this.#originalText = textOf(blocks);
    this.#code.show(blocks);
    this.#changed();
  }

  set settings(settings: Settings) {
    this.#settings = settings;
    this.element.dataset['theme'] = settings.theme;
    this.#code.looks = looksOf(settings);
    this.#open.hidden = settings.openIn === null;
    this.#open.href = this.#playground;
    this.#linkedText = undefined;
    if (this.#loaded !== undefined) this.#loaded.outputHeight = settings.outputHeight;
    if (settings.loading === 'eager' || (settings.loading === 'lazy' && this.#near)) this.#warm();
  }

  /** Whether it is in or near the viewport. */
  set near(near: boolean) {
    this.#near = near;
    this.#code.coloured = near;
    if (this.#loaded !== undefined) this.#loaded.near = near;
    if (near && this.#settings.loading === 'lazy') this.#warm();
  }

  /** Whether it may run automatically: only the page's own program may. */
  get mayAutorun(): boolean {
    return this.#settings.autorun && this.#own && this.unedited;
  }

  async run(): Promise<RunReport> {
    const turn = (this.#turn += 1);
    const text = this.text;
    const { args, stdin, clock, seed, expected, prepared } = this.#settings;
    const edited = !this.unedited;
    this.#events.run({ text, edited });
    this.notice('');
    this.#phase('loading', 'Loading …');
    beginDownload(this.#threads);
    let report: RunReport;
    try {
      const runner = await this.#load();
      if (turn !== this.#turn) report = notRun({ type: 'stopped', forced: false });
      else {
        const missing = [whatIsMissing(), this.#settings.threads ? whyNoThreads() : undefined];
        this.notice(missing.filter((sentence) => sentence !== undefined).join(' '));
        report = await runner.run({
          text,
          prepared: edited ? undefined : (prepared?.href ?? manifestOfPage()),
          program: { args, stdin, clock, seed },
          expected: edited ? undefined : expected,
          threads: this.#threads,
        });
      }
    } catch (error) {
      const message = `the part of the page that runs programs could not be loaded (${messageOf(error)})`;
      this.#phase('idle', `Not run: ${message}.`);
      report = notRun({ type: 'failed', message });
    }
    if (!this.#ended) this.#events.exit(report);
    return report;
  }

  stop(): void {
    if (this.#loaded?.busy === true) this.#loaded.stop();
    else if (this.busy) {
      this.#turn += 1;
      this.#phase('idle', 'Stopped');
    }
  }

  reset(): void {
    this.#code.show(this.#original);
    this.#loaded?.clear();
    this.notice('');
    this.#status.textContent = '';
    this.#changed();
    this.#events.edit({ text: this.text });
  }

  /** Rejects with a user-readable error. */
  async format(): Promise<void> {
    const { formatSource } = await import('../editor/format.js');
    const before = this.text;
    const formatted = await formatSource(sourceOf(this.#code.blocks));
    if (this.text !== before) return;
    this.#code.show(parseSnippet(formatted));
    if (this.text !== before) this.#edited();
  }

  /** The element was removed from the page. */
  leave(): void {
    this.#turn += 1;
    this.#ended = true;
    this.#loaded?.end();
    this.near = false;
    this.#phase('idle', '');
  }

  /** It was inserted again. */
  comeBack(): void {
    this.#ended = false;
  }

  #listen(): void {
    this.#run.addEventListener('click', () => void this.run());
    for (const type of ['pointerenter', 'focus'] as const) this.#run.addEventListener(type, () => this.#warm(), { once: true });
    this.#stop.addEventListener('click', () => this.stop());
    this.#reset.addEventListener('click', () => {
      this.reset();
      this.#run.focus({ preventScroll: true });
    });
    this.#copy.addEventListener('click', () => void this.#copyText());
    this.#code.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      void this.run();
    });
    for (const type of ['pointerenter', 'focus'] as const) this.#open.addEventListener(type, () => void this.#link());
    this.#open.addEventListener('click', (event) => {
      if (this.#linkedText === this.text) return;
      event.preventDefault();
      void this.#link().then((link) => window.open(link, '_blank', 'noopener'));
    });
  }

  #load(): Promise<Runner> {
    this.#runner ??= this.#loadRunner().catch((error: unknown) => {
      this.#runner = undefined;
      throw error;
    });
    return this.#runner;
  }

  async #loadRunner(): Promise<Runner> {
    const { Runner, runnerSheet } = await runnerModule();
    const runner = new Runner({
      phase: (phase, text) => this.#phase(phase, text),
      output: (stream, text) => {
        if (!this.#ended) this.#events.output({ stream, text });
      },
      diagnostics: (diagnostics) => {
        this.#code.showDiagnostics(shownDiagnostics(diagnostics).shown);
        if (!this.#ended) this.#events.diagnostics({ diagnostics });
      },
      goTo: (line, column) => this.#code.goTo(line, column),
      apply: (fixIts) => {
        this.#code.show(withText(this.#code.blocks, withFixIts(this.text, fixIts)));
        this.#edited();
      },
      notice: (sentence) => this.notice(sentence),
      focusLost: () => this.#run.focus({ preventScroll: true }),
    });
    this.#root.adoptedStyleSheets.push(runnerSheet());
    this.#results.append(...runner.elements);
    runner.outputHeight = this.#settings.outputHeight;
    runner.near = this.#near;
    this.#loaded = runner;
    return runner;
  }

  get #threads(): boolean {
    return this.#settings.threads && threadsAvailable();
  }

  /** Prepares for a Run. Failures are reported at the Run. */
  #warm(): void {
    beginDownload(this.#threads);
    this.#load().then((runner) => runner.warm(this.#threads)).catch(() => undefined);
  }

  #edited(): void {
    const first = this.#reset.hidden && !this.unedited;
    this.#changed();
    // The first edit loads the compiler. Failures are reported at the Run.
    if (first) this.#load().then((runner) => runner.loadCompiler()).catch(() => undefined);
    this.#events.edit({ text: this.text });
  }

  #changed(): void {
    this.#reset.hidden = this.unedited;
    this.#linkedText = undefined;
  }

  #phase(phase: Phase, text: string): void {
    const idle = phase === 'idle';
    const hadFocus = this.#root.activeElement === this.#stop;
    this.#stop.hidden = idle;
    this.element.dataset['phase'] = phase;
    this.#status.textContent = text;
    if (idle && hadFocus) this.#run.focus({ preventScroll: true });
  }

  /** Shows an informational message below the program. */
  notice(sentence: string): void {
    this.#notice.hidden = sentence === '';
    this.#notice.textContent = sentence;
  }

  get #playground(): string {
    const { openIn } = this.#settings;
    return openIn instanceof URL ? openIn.href : besideScript('../index.html');
  }

  /** A playground link that contains the current program. */
  async #link(): Promise<string> {
    const text = this.text;
    const { stdin, clock, seed } = this.#settings;
    try {
      const project = { title: document.title, files: [{ name: 'main.cpp', text }], stdin: stdin ?? '', options: { ...defaultOptions, clock, seed } };
      const link = await linkTo(project, this.#playground);
      if (text === this.text) {
        this.#open.href = link;
        this.#linkedText = text;
      }
      return link;
    } catch (error) {
      this.notice(messageOf(error));
      return this.#playground;
    }
  }

  async #copyText(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.text);
      this.#status.textContent = 'Copied';
    } catch {
      this.notice('The text could not be copied: the browser does not allow it here. Select it and copy it with the keyboard.');
    }
  }
}

let importing: Promise<typeof runnerCode> | undefined;

/** One shared import: separate imports of a module may resolve in any order, and the first Run pressed must run first. */
function runnerModule(): Promise<typeof runnerCode> {
  importing ??= import('./runner.js').catch((error: unknown) => {
    importing = undefined;
    throw error;
  });
  return importing;
}

/** The page's setting for all of its elements. */
function manifestOfPage(): string | undefined {
  return document.querySelector<HTMLLinkElement>('link[rel~="asyncio-snippets"][href]')?.href;
}

function looksOf({ lines, readOnly, highlight }: Settings): { numbers: boolean; readOnly: boolean; highlighted: ReadonlySet<number> } {
  return { numbers: lines, readOnly, highlighted: highlight };
}

function notRun(outcome: RunReport['outcome']): RunReport {
  return { outcome, diagnostics: [], compilerText: '', timings: { totalMs: 0 }, facts: {} };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
