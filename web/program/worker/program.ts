import type { Outcome, ProgramOptions } from '../../protocol/program.js';
import type { ConsoleOutput } from './console-output.js';
import { outcomeOf } from './crash.js';
import { callBlocking } from './host-imports.js';
import type { HostImports } from './host-imports.js';
import type { MainModule } from './main-module.js';
import type { Pace } from './pace.js';
import { loadSideModule } from './side-module.js';
import type { LoadedCode, SideModule } from './side-module.js';
import type { Watcher } from './watcher.js';

/** As a shell reports a program that SIGINT ended. */
const INTERRUPTED = 130;
/** As a shell reports a command that it cannot run. */
export const NOT_RUNNABLE = 127;

/** Kinds of entry as main-module/start.cpp numbers them. */
const enum Entry {
  main = 1,
  mainWithArguments = 2,
  mainWithEnvironment = 3,
  asyncMain = 4,
}

/** One run of one program, from loading to exit. */
export class Program {
  readonly #main: MainModule;
  readonly #host: HostImports;
  readonly #pace: Pace;
  readonly #watcher: Watcher;
  readonly #output: ConsoleOutput;
  readonly #onLoaded: (loaded: LoadedCode) => void;
  #interrupted = false;
  #endEarly: (outcome: Outcome) => void = () => undefined;

  /** `onLoaded` is called before any of the program's code runs. */
  constructor(
    main: MainModule,
    host: HostImports,
    pace: Pace,
    watcher: Watcher,
    output: ConsoleOutput,
    onLoaded: (loaded: LoadedCode) => void,
  ) {
    this.#main = main;
    this.#host = host;
    this.#pace = pace;
    this.#watcher = watcher;
    this.#output = output;
    this.#onLoaded = onLoaded;
  }

  async run(code: Uint8Array, options: ProgramOptions): Promise<Outcome> {
    const early = new Promise<Outcome>((resolve) => {
      this.#endEarly = resolve;
    });
    const outcome = await Promise.race([this.#loadAndRun(code, options), early]);
    this.#output.end();
    this.#main.resetStack();
    this.#watcher.flush();
    return outcome;
  }

  /** SIGINT. Returns whether the program continues, if only to clean up. */
  interrupt(): boolean {
    this.#interrupted = true;
    try {
      if (this.#main.exports.asyncio_host_interrupt() !== 0) return true;
    } catch (error) {
      // The program's own signal handler ended it.
      this.#endEarly(this.#afterwards(error));
      return false;
    }
    // No loop runs that could cancel a task: the signal ends the program.
    this.#flushStdio();
    this.#endEarly({ type: 'stopped', forced: false });
    return false;
  }

  async #loadAndRun(code: Uint8Array, options: ProgramOptions): Promise<Outcome> {
    let side: SideModule;
    try {
      side = loadSideModule(this.#main, code);
      this.#onLoaded(side.loaded);
    } catch (error) {
      return notRunnable(error instanceof Error ? error.message : String(error));
    }
    const entry = findEntry(side.exports);
    if (entry === undefined) {
      return notRunnable(
        'The program has no main function. Add `int main()`, or `asyncio::Coro<int> async_main()`.',
      );
    }
    try {
      await this.#start(side, entry, options.args);
      throw new Error('the program returned without an exit code');
    } catch (error) {
      return this.#afterwards(error);
    }
  }

  async #start(side: SideModule, entry: { kind: Entry; func: WebAssembly.ExportValue }, args: string[]): Promise<void> {
    const main = this.#main;
    const argv = ['program', ...args].map((argument) => main.newString(argument));
    try {
      await callBlocking(
        main.exports.asyncio_program_start,
        side.constructors,
        entry.kind,
        main.emscripten.addFunction(entry.func),
        argv.length,
        main.newPointers([...argv, 0]),
      );
    } catch (error) {
      if (this.#host.departure.detached !== true) throw error;
      await this.#pump();
    }
  }

  /** Where nothing can block, the event loop is run from here once main() has left the stack. */
  async #pump(): Promise<void> {
    const { exports } = this.#main;
    for (;;) {
      if (this.#watcher.paused) await this.#seenBefore(this.#watcher.pause());
      const next = exports.asyncio_host_pump();
      if (next < 0) break;
      await this.#seenBefore(this.#pace.wait(next));
    }
    exports.exit(exports.asyncio_host_finish() || exports.asyncio_program_exit_code());
  }

  /** Shows the program's output while it waits. */
  async #seenBefore(wait: Promise<void> | undefined): Promise<void> {
    if (wait === undefined) return;
    this.#output.flush();
    this.#watcher.flush();
    await wait;
  }

  #afterwards(error: unknown): Outcome {
    const outcome = outcomeOf(this.#host.departure, error, {
      stackOverflowed: this.#main.stackOverflowed,
      coroutines: () => this.#main.runningCoroutines(),
    });
    if (outcome.type === 'complete') {
      if (!this.#interrupted) return outcome;
      return outcome.exitCode === INTERRUPTED ? { type: 'stopped', forced: false } : { ...outcome, afterStop: true };
    }
    this.#flushStdio();
    return outcome;
  }

  /** Output without a newline is still in the program's own buffer until now. */
  #flushStdio(): void {
    this.#main.resetStack();
    try {
      this.#main.exports.fflush(0);
    } catch (error) {
      // The crash may have corrupted the buffers themselves; the crash is what counts.
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    }
  }
}

function notRunnable(message: string): Outcome {
  return { type: 'crash', exitCode: NOT_RUNNABLE, message };
}

function findEntry(exports: WebAssembly.Exports): { kind: Entry; func: WebAssembly.ExportValue } | undefined {
  const main = exports.__main_argc_argv ?? exports.main;
  if (typeof main === 'function') {
    const kinds: Record<number, Entry> = { 0: Entry.main, 2: Entry.mainWithArguments, 3: Entry.mainWithEnvironment };
    const kind = kinds[main.length];
    return kind === undefined ? undefined : { kind, func: main };
  }
  const asyncMain = exports._Z10async_mainv;
  return asyncMain === undefined ? undefined : { kind: Entry.asyncMain, func: asyncMain };
}
