/** What the page needs of the compiler and of the program host; the real ones are made in real-clients.ts. */
import type { CompileOptions, CompileTimings, LoadPhase } from '../protocol/compile.js';
import type { Diagnostic } from '../protocol/diagnostic.js';
import type { Outcome, ProgramOptions, Stream } from '../protocol/program.js';

export interface LoadProgress {
  phase: LoadPhase;
  loadedBytes: number;
  totalBytes: number;
}

export type CompileResult =
  | { type: 'compiled'; module: Uint8Array; diagnostics: Diagnostic[]; timings: CompileTimings }
  | { type: 'compile-error'; diagnostics: Diagnostic[]; text: string; timings: CompileTimings }
  | { type: 'cancelled' }
  | { type: 'failed'; message: string };

export interface Compiler {
  /** Resolves when a compile can start at once; rejects with an error for people. May be called again. */
  load(onProgress: (progress: LoadProgress) => void): Promise<void>;
  compile(files: Record<string, string>, options: CompileOptions): Promise<CompileResult>;
  /** Gives up the compile under way, however busy the compiler is. */
  cancel(): void;
}

export interface RunningProgram {
  readonly outcome: Promise<Outcome>;
  /** The first call interrupts; the next one, or no answer, terminates. */
  stop(): void;
  terminate(): void;
}

export interface ProgramHost {
  warm(): Promise<void>;
  run(
    module: Uint8Array,
    options: ProgramOptions,
    onOutput: (stream: Stream, text: string) => void,
  ): RunningProgram;
}
