/** Everything a Run needs. Loaded shortly before the first one. */
import { DiagnosticsView } from '../panels/diagnostics-view.js';
import { describeOutcome, exitLine, outcomeInShort } from '../panels/exit-line.js';
import { formatBytes, formatMs } from '../panels/format.js';
import type { Compiler, LoadProgress } from '../engine/compiler.js';
import { PreparedFirst } from '../engine/prepared/prepared-first.js';
import { RunController, type RunPhase, type RunReport, type RunView } from '../engine/run-controller.js';
import type { Diagnostic, FixIt } from '../protocol/diagnostic.js';
import type { ProgramOptions, Stream } from '../protocol/program.js';
import { make } from './dom.js';
import { compareOutput } from './expected-output.js';
import { OutputView } from './output-view.js';
import type { Found } from '../engine/prepared/prepared.js';
import runnerStyle from './runner.css?inline';
import { engine } from './shared-engine.js';

export type { RunReport };

export interface RunnerActions {
  phase(phase: RunPhase | 'waiting', text: string): void;
  output(stream: Stream, text: string): void;
  diagnostics(diagnostics: Diagnostic[]): void;
  goTo(line: number, column: number): void;
  apply(fixIts: FixIt[]): void;
  /** An informational message, as a sentence. */
  notice(sentence: string): void;
  /** The input line was removed while focused. */
  focusLost(): void;
}

export interface RunnerInput {
  text: string;
  /** The manifest of precompiled programs. */
  prepared: string | undefined;
  program: ProgramOptions;
  expected: string | undefined;
  threads: boolean;
}

/** As in the playground, so that a program behaves the same in both. */
const compileOptions = { optimisation: '0', warnings: 'all' } as const;
const mostCompared = 1_000_000;
const stopped: RunReport = { outcome: { type: 'stopped', forced: false }, diagnostics: [], compilerText: '', timings: { totalMs: 0 }, facts: {} };

const phaseText: Record<RunPhase, string> = {
  idle: '',
  compiling: 'Compiling …',
  running: 'Running …',
  stopping: 'Stopping … (press Stop again to force it)',
};

let sheet: CSSStyleSheet | undefined;

export function runnerSheet(): CSSStyleSheet {
  if (sheet === undefined) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(runnerStyle);
  }
  return sheet;
}

/** Runs the programs of one element, one at a time, and shows the results. */
export class Runner implements RunView {
  readonly elements: HTMLElement[];
  readonly #output: OutputView;
  readonly #actions: RunnerActions;
  readonly #diagnosticsRoot = make('div', { className: 'diagnostics', part: 'diagnostics', hidden: true });
  readonly #list: DiagnosticsView;
  readonly #compiler = engine.openCompiler((progress) => this.#loading(progress));
  #input: RunnerInput | undefined;
  #controller: RunController | undefined;
  #waiting: AbortController | undefined;
  #last: Promise<RunReport> = Promise.resolve(stopped);
  #printed = '';
  #endLease: (() => void) | undefined;
  #near = true;

  constructor(actions: RunnerActions) {
    this.#actions = actions;
    this.#list = new DiagnosticsView(
      this.#diagnosticsRoot,
      {
        canGoTo: (file) => file === 'main.cpp',
        goTo: (_file, range) => actions.goTo(range.startLine, range.startColumn),
        apply: (fixIts) => actions.apply(fixIts),
      },
      'p',
    );
    this.#output = new OutputView({
      goTo: (line, column) => actions.goTo(line, column),
      input: (text) => this.#controller?.input(text),
      endInput: () => this.#controller?.endInput(),
    });
    this.elements = [this.#diagnosticsRoot, this.#output.element];
  }

  get busy(): boolean {
    return this.#waiting !== undefined || this.#controller?.busy === true;
  }

  /** Prepares a worker; rejects with a user-readable error. */
  warm(threads: boolean): Promise<void> {
    this.#hold();
    return engine.programs(threads).warm();
  }

  /** Loads the compiler; rejects with a user-readable error. */
  loadCompiler(): Promise<void> {
    this.#hold();
    return this.#compiler.load();
  }

  /** Resolves when the run has ended for any reason. A current run is terminated first. */
  run(input: RunnerInput): Promise<RunReport> {
    this.end();
    const waiting = new AbortController();
    this.#waiting = waiting;
    this.#last = this.#last.then(() => this.#runNext(input, waiting));
    return this.#last;
  }

  async #runNext(input: RunnerInput, waiting: AbortController): Promise<RunReport> {
    this.#hold();
    const host = engine.programs(input.threads);
    // A failure is reported by the run.
    host.warm().catch(() => undefined);
    const release = await engine.takeTurn(waiting.signal, () => {
      this.#actions.phase('waiting', 'Waiting: two programs of this page are already running. Stop one of them, or wait until one ends.');
    });
    if (this.#waiting === waiting) this.#waiting = undefined;
    if (release === undefined) {
      this.#actions.phase('idle', 'Stopped');
      this.#release();
      return stopped;
    }
    this.#input = input;
    this.#printed = '';
    this.#controller = new RunController(this.#preparedOrCompiled(input), host, this);
    try {
      const { text, program, threads } = input;
      return await this.#controller.run({ files: { 'main.cpp': text }, compile: { ...compileOptions, threads }, program });
    } finally {
      release();
      this.#release();
    }
  }

  stop(): void {
    if (this.#waiting === undefined) this.#controller?.stop();
    else this.#waiting.abort();
  }

  /** Terminates the program by force. */
  end(): void {
    this.#waiting?.abort();
    if (this.#controller?.busy !== true) return;
    this.#controller.stop();
    this.#controller.stop();
  }

  set outputHeight(height: string | undefined) {
    this.#output.height = height;
  }

  set near(near: boolean) {
    this.#near = near;
    this.#output.awake = near;
    this.#release();
  }

  clear(): void {
    this.#list.show([]);
    this.#output.hide();
  }

  // Callbacks of the run controller.

  phase(phase: RunPhase): void {
    // When idle, the outcome stays shown.
    if (phase !== 'idle') this.#actions.phase(phase, phaseText[phase]);
  }

  started(): void {
    this.#list.show([]);
    this.#output.begin();
  }

  diagnostics(diagnostics: Diagnostic[]): void {
    this.#list.show(diagnostics);
    this.#actions.diagnostics(diagnostics);
  }

  output(stream: Stream, text: string): void {
    if (stream === 'stdout' && this.#printed.length < mostCompared) this.#printed += text;
    this.#output.write(stream, text);
    this.#actions.output(stream, text);
  }

  event(): void {
    // Nothing is watched here.
  }

  awaitsInput(): void {
    this.#output.awaitsInput();
    this.#actions.phase('running', 'The program waits for input');
  }

  ended({ outcome, timings, facts }: RunReport): void {
    if (this.#output.closeInput()) this.#actions.focusLost();
    const { voice, text } = describeOutcome(outcome);
    // Success is shown next to the buttons, compile errors in the list.
    if (voice !== 'success' && outcome.type !== 'compile-error') this.#output.say(voice, exitLine(outcome, timings, facts).text);
    if (outcome.type === 'compile-error') this.#output.hide();
    const expected = this.#input?.expected;
    if (expected !== undefined && outcome.type === 'complete') this.#output.showComparison(compareOutput(expected, this.#printed));
    this.#actions.phase('idle', voice === 'success' ? `${text} · ${formatMs(facts.ranMs ?? timings.totalMs)}` : outcomeInShort(outcome));
  }

  #hold(): void {
    this.#endLease ??= engine.hold();
  }

  /** An idle element far from the viewport needs no workers. */
  #release(): void {
    if (this.#near || this.busy) return;
    this.#endLease?.();
    this.#endLease = undefined;
  }

  #preparedOrCompiled({ text, threads, prepared: manifest }: RunnerInput): Compiler {
    const find = (): Promise<Found | undefined> => (manifest === undefined ? Promise.resolve(undefined) : engine.prepared.find(manifest, text, threads));
    return new PreparedFirst(this.#compiler, find, (why) => this.#actions.notice(why));
  }

  #loading({ phase, loadedBytes, totalBytes }: LoadProgress): void {
    if (this.#controller?.busy !== true) return;
    const far = totalBytes > 0 ? `${formatBytes(loadedBytes)} of ${formatBytes(totalBytes)}` : formatBytes(loadedBytes);
    this.#actions.phase('compiling', phase === 'prepare' ? 'Preparing the compiler …' : `Downloading the compiler: ${far}`);
  }
}
