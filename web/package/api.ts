/** The API of the package `asyncio-wasm` for custom pages. Its declarations are generated from this file. */
import type { CompileTimings, Optimisation, SourceFiles, Standard, Warnings } from '../protocol/compile.js';
import type { Diagnostic } from '../protocol/diagnostic.js';
import type { Outcome, RunFacts, Stream } from '../protocol/program.js';

export type { Diagnostic, FixIt, Note, Severity, SourceRange } from '../protocol/diagnostic.js';
export type { CompileTimings, Optimisation, Outcome, RunFacts, SourceFiles, Standard, Stream, Warnings };

export interface AssetOptions {
  /**
   * The URL of the folder filled by `asyncio-wasm assets FOLDER`, relative to the document. Unset: the folder `site` next
   * to this module, which suits a page that loads the package unbundled, for example from a CDN.
   */
  assets?: string | URL | undefined;
}

/** Download progress of the compiler: a compile that needs more of it reports again. */
export interface LoadProgress {
  phase: 'download' | 'prepare';
  loadedBytes: number;
  /** 0 while unknown. */
  totalBytes: number;
}

export interface LoadOptions {
  onProgress?: ((progress: LoadProgress) => void) | undefined;
}

export interface CompileOptions extends LoadOptions {
  /** As in -O0 (the default), -O1 and -O2; the last two download more of the compiler, once. */
  optimisation?: Optimisation | undefined;
  /** `c++26` selects that language with the library of C++23. Unset: `c++23`. */
  standard?: Standard | undefined;
  /** `default` is -Wall, `all` adds -Wextra, `error` turns warnings into errors. */
  warnings?: Warnings | undefined;
  /** Cancels the compile: its promise rejects immediately with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** The output of a compile: plain data that can be stored, sent, and run any number of times by this version. */
export interface Program {
  /** A WebAssembly side module. */
  readonly module: Uint8Array;
  /** The runtime it was compiled for. */
  readonly runtime: string;
}

export type CompileResult =
  /** The diagnostics are warnings. */
  | { type: 'compiled'; program: Program; diagnostics: Diagnostic[]; timings: CompileTimings }
  /** `text` is the compiler's output, as a terminal would show it. */
  | { type: 'compile-error'; diagnostics: Diagnostic[]; text: string; timings: CompileTimings };

export interface ProgramOutput {
  stream: Stream;
  /**
   * Whole characters, not always whole lines. A byte that is not UTF-8 becomes U+DC00 plus the byte, as in Python's
   * `surrogateescape`.
   */
  text: string;
  /** The name of the task that wrote it; unset outside of tasks. */
  task?: string;
}

export interface RunOptions {
  /** The arguments after the program's name in `argv`. */
  args?: readonly string[] | undefined;
  /**
   * All of standard input; none when unset. U+DC80 to U+DCFF encode single bytes, as in the output. The next piece is
   * requested from an iterable when the program waits for input, until a line is complete; its end is the end of the
   * input, and if it throws, the program is terminated and the run rejects with that error.
   */
  stdin?: string | AsyncIterable<string> | undefined;
  /** `fast` leaps to the next timer whenever nothing is ready, `slow` runs ten times slower. Unset: `real`. */
  clock?: 'real' | 'fast' | 'slow' | undefined;
  /**
   * A whole number up to 4294967295. Shuffles any order that asyncio leaves open, reproducibly; unset: asyncio's order.
   */
  seed?: number | undefined;
  /**
   * Called as the program writes, and never after the run has ended. An exception in it is an uncaught error of the page.
   */
  onOutput?: ((output: ProgramOutput) => void) | undefined;
  /**
   * Interrupts the program like Ctrl+C: its main task is cancelled and its cleanup runs. If it does not respond within a
   * quarter of a second it is terminated.
   */
  signal?: AbortSignal | undefined;
  /** Milliseconds that an interrupted program has for its cleanup, before it is terminated. Unset: 2000. */
  graceMs?: number | undefined;
}

/** How a run ended, and the resources it used, if known. */
export type Exit = Exclude<Outcome, { type: 'timeout' }> & RunFacts;

/**
 * One compiler and a host that runs up to two programs at once, each in a new worker in a sandboxed frame of an opaque
 * origin: a program cannot access the page. Needs a document.
 */
export interface Session {
  /** The runtime that this session's programs are compiled for. */
  readonly runtime: string;

  /**
   * Loads the compiler and prepares a worker in advance, for the first compile and run. Resolves when both are ready;
   * rejects with an Error that says what could not be loaded, and may then be called again.
   */
  load(options?: LoadOptions): Promise<void>;

  /**
   * Compiles a program: `main.cpp`, and files that it includes. Loads the compiler at the first call. Compiles are
   * queued, and end in the order of the calls. Rejects with an Error if the compiler itself failed (a download, a crash,
   * more than 60 seconds), or with the signal's reason when cancelled.
   */
  compile(source: string | SourceFiles, options?: CompileOptions): Promise<CompileResult>;

  /**
   * Runs a program. Resolves when it has ended for any reason, and all of its output was passed on. A third run waits
   * until one of two has ended; if its signal is aborted before it starts, it resolves as `stopped`. Rejects with an
   * Error if the runtime could not be loaded, with a TypeError for a program of another runtime.
   */
  run(program: Program, options?: RunOptions): Promise<Exit>;

  /**
   * Terminates everything in progress and releases the workers. Queued compiles, and all later calls, reject with an
   * Error.
   */
  close(): void;
}
