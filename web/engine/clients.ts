/** What the page needs of the compiler and of the program host; the real ones are made in real-clients.ts. */
import type { CompileResult, LoadProgress } from '../compile/page/compile-client.js';
import type { CompileOptions, SourceFiles, SourceOptions } from '../protocol/compile.js';
import type { CompletionList, CompletionPurpose, SourcePlace } from '../protocol/completion.js';
import type { Diagnostic } from '../protocol/diagnostic.js';
import type { Outcome, ProgramOptions, RunEvent, RunFacts, Stream, WatchMessage } from '../protocol/program.js';

export type { CompileResult, LoadProgress };

export interface Compiler {
  /** Resolves when a compile can start at once; rejects with an error for people. May be called again. */
  load(onProgress: (progress: LoadProgress) => void): Promise<void>;
  compile(files: Record<string, string>, options: CompileOptions): Promise<CompileResult>;
  /** Gives up the compile under way, however busy the compiler is. */
  cancel(): void;
}

/** Knows of a source that is being written what the compiler knows. Undefined when it has nothing to say. */
export interface Analysis {
  check(files: SourceFiles, options: SourceOptions): Promise<Diagnostic[] | undefined>;
  complete(files: SourceFiles, place: SourcePlace, options: SourceOptions, purpose: CompletionPurpose): Promise<CompletionList | undefined>;
  /** The text of a header of the runtime. */
  header(name: string): Promise<string | undefined>;
}

export interface RunningProgram {
  readonly outcome: Promise<Outcome>;
  /** Empty until the run has ended, and when it was ended by force. */
  readonly facts: RunFacts;
  /** More of the program's standard input, where it was not all given before. */
  input(text: string): void;
  /** There is no more of it. */
  endInput(): void;
  watch(message: WatchMessage): void;
  /** The first call interrupts; the next one, or no answer, terminates. */
  stop(): void;
  terminate(): void;
}

/** What programs leave in the page, as the page itself looks at it. */
export interface KeptFiles {
  list(): Promise<{ path: string; bytes: number }[]>;
  read(path: string): Promise<Blob | undefined>;
  /** A file, or a directory with all in it; without a path everything. */
  remove(path?: string): Promise<void>;
}

export interface ProgramHost {
  warm(): Promise<void>;
  run(
    module: Uint8Array,
    options: ProgramOptions,
    onOutput: (stream: Stream, text: string, task?: string) => void,
    /** The program waits for input that is not there yet. */
    onAwaitsInput?: () => void,
    /** Traces, await graphs, pauses. */
    onEvent?: (event: RunEvent) => void,
  ): RunningProgram;
}
