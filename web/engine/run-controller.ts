import type { CompileOptions } from '../protocol/compile.js';
import { countOf, type Diagnostic } from '../protocol/diagnostic.js';
import type { ProgramOptions, RunEvent, RunFacts, Stream, WatchMessage } from '../protocol/program.js';
import type { RunOutcome, RunTimings } from '../protocol/run-report.js';
import type { Compiler } from './compiler.js';
import type { ProgramHost, RunningProgram } from './programs.js';

export interface RunInput {
  files: Record<string, string>;
  compile: CompileOptions;
  program: ProgramOptions;
}

export interface RunReport {
  outcome: RunOutcome;
  diagnostics: Diagnostic[];
  /** The compiler's output as a terminal would show it; empty if there is none. */
  compilerText: string;
  timings: RunTimings;
  facts: RunFacts;
}

export type RunPhase = 'idle' | 'compiling' | 'running' | 'stopping';

export interface RunView {
  phase(phase: RunPhase): void;
  started(): void;
  diagnostics(diagnostics: Diagnostic[], compilerText: string): void;
  /** `task`: the name of the task that wrote it. */
  output(stream: Stream, text: string, task?: string): void;
  /** The program waits for input that has not arrived yet. */
  awaitsInput(): void;
  /** A part of its trace, an await graph, or a pause. */
  event(event: RunEvent): void;
  ended(report: RunReport): void;
}

/**
 * One Run at a time, the newest wins: a Run that starts while another is in progress terminates that one. Late messages
 * from an ended run are dropped.
 */
export class RunController {
  readonly #compiler: Compiler;
  readonly #host: ProgramHost;
  readonly #view: RunView;
  readonly #now: () => number;
  #current: Run | undefined;

  constructor(compiler: Compiler, host: ProgramHost, view: RunView, now = () => performance.now()) {
    this.#compiler = compiler;
    this.#host = host;
    this.#view = view;
    this.#now = now;
  }

  get busy(): boolean {
    return this.#current !== undefined;
  }

  /** Resolves when the run has ended for any reason; never rejects. */
  run(input: RunInput): Promise<RunReport> {
    this.#current?.replace();
    const run = new Run(this.#compiler, this.#host, this.#view, this.#now, () => {
      if (this.#current === run) this.#current = undefined;
    });
    this.#current = run;
    return run.start(input);
  }

  stop(): void {
    this.#current?.stop();
  }

  /** Ends the run at once, since its program is not shown any more. */
  replace(): void {
    this.#current?.replace();
  }

  /** What the user types for the running program. */
  input(text: string): void {
    this.#current?.input(text);
  }

  endInput(): void {
    this.#current?.endInput();
  }

  watch(message: WatchMessage): void {
    this.#current?.watch(message);
  }
}

class Run {
  readonly #compiler: Compiler;
  readonly #host: ProgramHost;
  readonly #view: RunView;
  readonly #now: () => number;
  readonly #onEnd: () => void;
  readonly #startedAt: number;
  #settle: (report: RunReport) => void = () => undefined;
  #phase: 'compiling' | 'running' | 'stopping' | 'ended' = 'compiling';
  #program: RunningProgram | undefined;
  #diagnostics: Diagnostic[] = [];
  #compilerText = '';
  #timings: Omit<RunTimings, 'totalMs'> = {};

  constructor(compiler: Compiler, host: ProgramHost, view: RunView, now: () => number, onEnd: () => void) {
    this.#compiler = compiler;
    this.#host = host;
    this.#view = view;
    this.#now = now;
    this.#onEnd = onEnd;
    this.#startedAt = now();
  }

  start(input: RunInput): Promise<RunReport> {
    const report = new Promise<RunReport>((resolve) => {
      this.#settle = resolve;
    });
    this.#view.started();
    this.#view.phase('compiling');
    this.#compileAndRun(input).catch((error: unknown) => {
      this.#program?.terminate();
      this.#end({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    });
    return report;
  }

  stop(): void {
    if (this.#phase === 'compiling') {
      this.#end({ type: 'stopped', forced: false });
      this.#compiler.cancel();
      return;
    }
    if (this.#phase === 'running') {
      this.#phase = 'stopping';
      this.#view.phase('stopping');
    }
    this.#program?.stop();
  }

  input(text: string): void {
    this.#program?.input(text);
  }

  endInput(): void {
    this.#program?.endInput();
  }

  watch(message: WatchMessage): void {
    this.#program?.watch(message);
  }

  replace(): void {
    const compiling = this.#phase === 'compiling';
    this.#end({ type: 'replaced' });
    if (compiling) this.#compiler.cancel();
    this.#program?.terminate();
  }

  async #compileAndRun(input: RunInput): Promise<void> {
    const result = await this.#compiler.compile(input.files, input.compile);
    if (this.#ended()) return;
    switch (result.type) {
      case 'cancelled':
        this.#end({ type: 'stopped', forced: false });
        return;
      case 'failed':
        this.#end({ type: 'failed', message: result.message });
        return;
      case 'compile-error':
        this.#hear(result.diagnostics, result.text, result.timings);
        this.#end({ type: 'compile-error', errors: countOf(result.diagnostics, 'error') });
        return;
      case 'compiled':
        this.#hear(result.diagnostics, '', result.timings);
        await this.#runProgram(result.module, input.program);
    }
  }

  #hear(diagnostics: Diagnostic[], text: string, timings: { compileMs: number; linkMs: number }): void {
    this.#diagnostics = diagnostics;
    this.#compilerText = text;
    this.#timings = { compileMs: timings.compileMs, linkMs: timings.linkMs };
    this.#view.diagnostics(diagnostics, text);
  }

  async #runProgram(module: Uint8Array, options: ProgramOptions): Promise<void> {
    this.#phase = 'running';
    this.#view.phase('running');
    this.#program = this.#host.run(
      module,
      options,
      (stream, text, task) => {
        if (this.#ended()) return;
        this.#timings.firstOutputMs ??= this.#elapsed();
        this.#view.output(stream, text, task);
      },
      () => {
        if (!this.#ended()) this.#view.awaitsInput();
      },
      (event) => {
        if (!this.#ended()) this.#view.event(event);
      },
    );
    const outcome = await this.#program.outcome;
    this.#end(outcome);
  }

  #end(outcome: RunOutcome): void {
    if (this.#ended()) return;
    this.#phase = 'ended';
    const report: RunReport = {
      outcome,
      diagnostics: this.#diagnostics,
      compilerText: this.#compilerText,
      timings: { ...this.#timings, totalMs: this.#elapsed() },
      facts: this.#program?.facts ?? {},
    };
    this.#onEnd();
    this.#view.ended(report);
    this.#view.phase('idle');
    this.#settle(report);
  }

  #ended(): boolean {
    return this.#phase === 'ended';
  }

  #elapsed(): number {
    return this.#now() - this.#startedAt;
  }
}
