/** What the package `asyncio-wasm` offers to those who build a page of their own. Its declarations are made of this file. */
import type { CompileTimings, Optimisation, SourceFiles, Standard, Warnings } from '../protocol/compile.js';
import type { Diagnostic } from '../protocol/diagnostic.js';
import type { Outcome, RunFacts, Stream } from '../protocol/program.js';

export type { Diagnostic, FixIt, Note, Severity, SourceRange } from '../protocol/diagnostic.js';
export type { CompileTimings, Optimisation, Outcome, RunFacts, SourceFiles, Standard, Stream, Warnings };

export interface AssetOptions {
  /**
   * The address of the folder that `asyncio-wasm assets FOLDER` filled, relative to the document. Unset: the folder
   * `site` beside this module, which is right for a page that loads the package unbundled, as from a CDN.
   */
  assets?: string | URL | undefined;
}

/** How much of the compiler is there: a compile that needs more of it says so again. */
export interface LoadProgress {
  phase: 'download' | 'prepare';
  loadedBytes: number;
  /** 0 while it is not known. */
  totalBytes: number;
}

export interface LoadOptions {
  onProgress?: ((progress: LoadProgress) => void) | undefined;
}

export interface CompileOptions extends LoadOptions {
  /** As in -O0, which is the default, -O1 and -O2; the last two download more of the compiler, once. */
  optimisation?: Optimisation | undefined;
  /** `c++23`; `c++26` is that language with the library of C++23. */
  standard?: Standard | undefined;
  /** `default` is -Wall, `all` adds -Wextra, `error` makes errors of them. */
  warnings?: Warnings | undefined;
  /** Gives the compile up: its promise rejects with the signal's reason, at once. */
  signal?: AbortSignal | undefined;
}

/** What a compile makes: plain data that can be stored and sent, and run any number of times by this version. */
export interface Program {
  /** A WebAssembly side module. */
  readonly module: Uint8Array;
  /** The runtime it was made for. */
  readonly runtime: string;
}

export type CompileResult =
  /** The diagnostics are warnings. */
  | { type: 'compiled'; program: Program; diagnostics: Diagnostic[]; timings: CompileTimings }
  /** `text` is what the compiler said, as a terminal would show it. */
  | { type: 'compile-error'; diagnostics: Diagnostic[]; text: string; timings: CompileTimings };

export interface ProgramOutput {
  stream: Stream;
  /**
   * Whole characters, not always whole lines. A byte that is not UTF-8 is U+DC00 plus the byte, as Python's
   * `surrogateescape` has it.
   */
  text: string;
  /** The name of the task that wrote it; none outside of tasks. */
  task?: string;
}

export interface RunOptions {
  /** What follows the program's name in `argv`. */
  args?: readonly string[] | undefined;
  /**
   * All of standard input; none when unset. U+DC80 to U+DCFF stand for single bytes, as in the output. What is iterated is asked for its next piece when the program waits for
   * input, and until a line is whole; its end is the end of the input, and when it throws the program is ended and the
   * run rejects with that.
   */
  stdin?: string | AsyncIterable<string> | undefined;
  /** `fast` leaps to the next timer whenever nothing is ready, `slow` lets ten seconds pass for one. Unset: `real`. */
  clock?: 'real' | 'fast' | 'slow' | undefined;
  /** A whole number up to 4294967295. Shuffles what asyncio leaves open, the same way each time; unset: asyncio's order. */
  seed?: number | undefined;
  /** Called as the program writes, and never after the run has ended. What it throws is the page's uncaught error. */
  onOutput?: ((output: ProgramOutput) => void) | undefined;
  /**
   * Interrupts the program as Ctrl+C does: its main task is cancelled and its cleanup runs. Without an answer in a
   * quarter of a second it is ended by force.
   */
  signal?: AbortSignal | undefined;
  /** How many milliseconds a program that was interrupted has for its cleanup, until it is ended by force. Unset: 2000. */
  graceMs?: number | undefined;
}

/** How a run ended, and what it used, where that is known. */
export type Exit = Exclude<Outcome, { type: 'timeout' }> & RunFacts;

/**
 * One compiler and what runs programs, two at once, each in a fresh worker in a sandboxed frame of an opaque origin: a
 * program reaches nothing of the page. Needs a document.
 */
export interface Session {
  /** What the programs of this session are made for. */
  readonly runtime: string;

  /**
   * Loads the compiler and readies a worker, so that the first compile and run need not. Resolves when both are there;
   * rejects with an Error that says what could not be loaded, and may then be called again.
   */
  load(options?: LoadOptions): Promise<void>;

  /**
   * Compiles a program: `main.cpp`, and files that it includes. Loads the compiler at the first call. Compiles wait for
   * each other, and end in the order they were asked for. Rejects with an Error where the compiler itself could not do
   * its work (a download, a crash, more than 60 seconds), with the signal's reason when it was given up.
   */
  compile(source: string | SourceFiles, options?: CompileOptions): Promise<CompileResult>;

  /**
   * Runs a program. Resolves when it has ended, however it did, and all of its output was handed over. A third run waits
   * until one of two has ended; a signal that is aborted before it begins resolves as `stopped`. Rejects with an Error
   * where the runtime could not be loaded, with a TypeError for a program of another runtime.
   */
  run(program: Program, options?: RunOptions): Promise<Exit>;

  /** Ends what is under way by force and lets the workers go. Compiles that wait, and all later calls, reject with an Error. */
  close(): void;
}
