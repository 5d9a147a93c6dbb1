/** The compiler and the source analysis, as a page sees them. */
import type { CompileResult, LoadProgress } from '../compile/page/compile-client.js';
import type { CompileOptions, SourceFiles, SourceOptions } from '../protocol/compile.js';
import type { CompletionList, CompletionPurpose, SourcePlace } from '../protocol/completion.js';
import type { Diagnostic } from '../protocol/diagnostic.js';

export type { CompileResult, LoadProgress };

export interface Compiler {
  /** Resolves when a compile can start immediately; rejects with a user-readable error. May be called again. */
  load(onProgress?: (progress: LoadProgress) => void): Promise<void>;
  compile(files: SourceFiles, options: CompileOptions): Promise<CompileResult>;
  /** Cancels the current compile, however busy the compiler is. */
  cancel(): void;
}

/** The compiler's answers about a source being edited. Undefined when it has none. */
export interface Analysis {
  check(files: SourceFiles, options: SourceOptions): Promise<Diagnostic[] | undefined>;
  complete(files: SourceFiles, place: SourcePlace, options: SourceOptions, purpose: CompletionPurpose): Promise<CompletionList | undefined>;
  /** The text of a header of the runtime. */
  header(name: string): Promise<string | undefined>;
}
