/** What compiles, and what knows of a source that is being written, as a page sees them. */
import type { CompileResult, LoadProgress } from '../compile/page/compile-client.js';
import type { CompileOptions, SourceFiles, SourceOptions } from '../protocol/compile.js';
import type { CompletionList, CompletionPurpose, SourcePlace } from '../protocol/completion.js';
import type { Diagnostic } from '../protocol/diagnostic.js';

export type { CompileResult, LoadProgress };

export interface Compiler {
  /** Resolves when a compile can start at once; rejects with an error for people. May be called again. */
  load(onProgress?: (progress: LoadProgress) => void): Promise<void>;
  compile(files: SourceFiles, options: CompileOptions): Promise<CompileResult>;
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
