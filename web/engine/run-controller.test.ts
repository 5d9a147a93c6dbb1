import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Outcome, RunEvent, RunFacts, Stream, WatchMessage } from '../protocol/program.js';
import type { CompileResult, Compiler } from './compiler.js';
import type { ProgramHost, RunningProgram } from './programs.js';
import { RunController, type RunInput, type RunReport, type RunView } from './run-controller.js';

const input: RunInput = {
  files: { 'main.cpp': 'int main() {}' },
  compile: { optimisation: '0' },
  program: { args: [], stdin: '' },
};

const compiled: CompileResult = {
  type: 'compiled',
  module: new Uint8Array(),
  diagnostics: [],
  timings: { compileMs: 400, linkMs: 20 },
};

class FakeCompiler implements Compiler {
  readonly answers: ((result: CompileResult | Error) => void)[] = [];
  cancelled = 0;

  load(): Promise<void> {
    return Promise.resolve();
  }

  compile(): Promise<CompileResult> {
    return new Promise((resolve, reject) => {
      this.answers.push((result) => (result instanceof Error ? reject(result) : resolve(result)));
    });
  }

  cancel(): void {
    this.cancelled += 1;
  }
}

class FakeProgram implements RunningProgram {
  stops = 0;
  terminated = false;
  end: (outcome: Outcome) => void = () => undefined;
  readonly outcome = new Promise<Outcome>((resolve) => {
    this.end = resolve;
  });

  readonly received: string[] = [];
  facts: RunFacts = {};

  constructor(
    readonly print: (stream: Stream, text: string) => void,
    readonly awaitInput: () => void,
    readonly tell: (event: RunEvent) => void,
  ) {}

  input(text: string): void {
    this.received.push(text);
  }

  endInput(): void {
    this.received.push('(end)');
  }

  watch(message: WatchMessage): void {
    this.received.push(message.type);
  }

  stop(): void {
    this.stops += 1;
  }

  terminate(): void {
    this.terminated = true;
  }
}

class FakeHost implements ProgramHost {
  readonly programs: FakeProgram[] = [];

  warm(): Promise<void> {
    return Promise.resolve();
  }

  run(
    _module: Uint8Array,
    _options: unknown,
    onOutput: (stream: Stream, text: string) => void,
    onAwaitsInput: () => void = () => undefined,
    onEvent: (event: RunEvent) => void = () => undefined,
  ): FakeProgram {
    const program = new FakeProgram(onOutput, onAwaitsInput, onEvent);
    this.programs.push(program);
    return program;
  }
}

class RecordingView implements RunView {
  readonly events: string[] = [];

  phase(phase: string): void {
    this.events.push(`phase ${phase}`);
  }

  started(): void {
    this.events.push('started');
  }

  diagnostics(): void {
    this.events.push('diagnostics');
  }

  output(stream: Stream, text: string): void {
    this.events.push(`${stream} ${text}`);
  }

  awaitsInput(): void {
    this.events.push('awaits input');
  }

  event(event: RunEvent): void {
    this.events.push(event.type);
  }

  ended(report: RunReport): void {
    this.events.push(`ended ${report.outcome.type}`);
  }
}

let compiler: FakeCompiler;
let host: FakeHost;
let view: RecordingView;
let clock: number;
let controller: RunController;

beforeEach(() => {
  compiler = new FakeCompiler();
  host = new FakeHost();
  view = new RecordingView();
  clock = 0;
  controller = new RunController(compiler, host, view, () => clock);
});

/** Lets promises that are settled already run their continuations. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function startProgram(): Promise<{ report: Promise<RunReport>; program: FakeProgram }> {
  const report = controller.run(input);
  compiler.answers.at(-1)?.(compiled);
  await turn();
  const program = host.programs.at(-1);
  if (program === undefined) throw new Error('the program was not started');
  return { report, program };
}

describe('a run', () => {
  test('compiles, runs, shows the output and reports its times from the click', async () => {
    const { report, program } = await startProgram();
    clock = 500;
    program.print('stdout', 'hello');
    clock = 700;
    program.print('stderr', 'oh');
    clock = 900;
    program.facts = { tasks: 3 };
    program.end({ type: 'complete', exitCode: 0 });
    expect(await report).toEqual({
      outcome: { type: 'complete', exitCode: 0 },
      diagnostics: [],
      compilerText: '',
      timings: { compileMs: 400, linkMs: 20, firstOutputMs: 500, totalMs: 900 },
      facts: { tasks: 3 },
    });
    expect(view.events).toEqual([
      'started',
      'phase compiling',
      'diagnostics',
      'phase running',
      'stdout hello',
      'stderr oh',
      'ended complete',
      'phase idle',
    ]);
    expect(controller.busy).toBe(false);
  });

  test('is watched while it goes on', async () => {
    const { program } = await startProgram();
    controller.watch({ type: 'pause' });
    expect(program.received).toEqual(['pause']);
    program.tell({ type: 'paused', loopTime: 0 });
    expect(view.events).toContain('paused');
    program.end({ type: 'complete', exitCode: 0 });
    await turn();
    controller.watch({ type: 'step' });
    program.tell({ type: 'paused', loopTime: 1 });
    expect(program.received).toEqual(['pause']);
    expect(view.events.filter((event) => event === 'paused')).toHaveLength(1);
  });

  test('that does not compile starts no program', async () => {
    const report = controller.run(input);
    const range = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
    compiler.answers[0]?.({
      type: 'compile-error',
      diagnostics: [{ severity: 'error', file: 'main.cpp', range, message: 'no', notes: [], fixIts: [] }],
      text: 'main.cpp:1:1: error: no',
      timings: { compileMs: 100, linkMs: 0 },
    });
    expect((await report).outcome).toEqual({ type: 'compile-error', errors: 1 });
    expect((await report).compilerText).toBe('main.cpp:1:1: error: no');
    expect(host.programs).toEqual([]);
  });

  test('whose compiler throws ends with what went wrong and leaves the next Run free', async () => {
    const report = controller.run(input);
    compiler.answers[0]?.(new Error('the worker died'));
    expect((await report).outcome).toEqual({ type: 'failed', message: 'the worker died' });
    expect(controller.busy).toBe(false);
    const next = await startProgram();
    next.program.end({ type: 'complete', exitCode: 0 });
    expect((await next.report).outcome.type).toBe('complete');
  });
});

describe('Stop', () => {
  test('while compiling gives the compile up at once', async () => {
    const report = controller.run(input);
    controller.stop();
    expect((await report).outcome).toEqual({ type: 'stopped', forced: false });
    expect(compiler.cancelled).toBe(1);
    compiler.answers[0]?.(compiled);
    await turn();
    expect(host.programs).toEqual([]);
  });

  test('while running asks the program, each time it is pressed', async () => {
    const { report, program } = await startProgram();
    controller.stop();
    controller.stop();
    expect(program.stops).toBe(2);
    program.print('stdout', 'cleaning up');
    program.end({ type: 'stopped', forced: false });
    expect((await report).outcome).toEqual({ type: 'stopped', forced: false });
    expect(view.events).toContain('stdout cleaning up');
    expect(view.events.filter((event) => event === 'phase stopping').length).toBe(1);
  });

  test('when nothing runs does nothing', () => {
    controller.stop();
    expect(view.events).toEqual([]);
  });
});

describe('input', () => {
  test('is asked for, and goes to the program that runs', async () => {
    const { report, program } = await startProgram();
    program.awaitInput();
    expect(view.events).toContain('awaits input');
    controller.input('line\n');
    controller.endInput();
    expect(program.received).toEqual(['line\n', '(end)']);
    program.end({ type: 'complete', exitCode: 0 });
    await report;
    program.awaitInput();
    controller.input('too late\n');
    expect(view.events.filter((event) => event === 'awaits input').length).toBe(1);
    expect(program.received.length).toBe(2);
  });

  test('goes nowhere when nothing runs', () => {
    controller.input('line\n');
    controller.endInput();
    expect(view.events).toEqual([]);
  });
});

describe('a second Run', () => {
  test('while the first compiles takes its place', async () => {
    const first = controller.run(input);
    const second = controller.run(input);
    expect((await first).outcome).toEqual({ type: 'replaced' });
    compiler.answers[0]?.(compiled);
    await turn();
    expect(host.programs).toEqual([]);
    compiler.answers[1]?.(compiled);
    await turn();
    host.programs[0]?.end({ type: 'complete', exitCode: 7 });
    expect((await second).outcome).toEqual({ type: 'complete', exitCode: 7 });
  });

  test('while the first runs ends it by force, and what it still prints is not shown', async () => {
    const first = await startProgram();
    const second = await startProgram();
    expect(first.program.terminated).toBe(true);
    expect((await first.report).outcome).toEqual({ type: 'replaced' });
    first.program.print('stdout', 'late');
    first.program.end({ type: 'stopped', forced: true });
    second.program.print('stdout', 'mine');
    second.program.end({ type: 'complete', exitCode: 0 });
    await second.report;
    expect(view.events).not.toContain('stdout late');
    expect(view.events).toContain('stdout mine');
    expect(view.events.filter((event) => event.startsWith('ended'))).toEqual([
      'ended replaced',
      'ended complete',
    ]);
  });
});
