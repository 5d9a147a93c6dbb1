/** Messages between the page and the compile worker. */
import type { CompletionList, SourcePlace } from './completion.js';
import type { Diagnostic } from './diagnostic.js';

export type Optimisation = '0' | '1' | '2';

/** C++26 is the language; its library stays that of C++23, which is compiled ahead of time. */
export type Standard = 'c++23' | 'c++26';

/** `default` is -Wall, `all` adds -Wextra, `error` makes errors of them. */
export type Warnings = 'default' | 'all' | 'error';

/** How a source is read, be it to compile it or to say what is wrong with it. */
export interface SourceOptions {
  standard?: Standard;
  warnings?: Warnings;
  /** For the main module that has threads, which shares its memory among them. */
  threads?: boolean;
}

export interface CompileOptions extends SourceOptions {
  optimisation: Optimisation;
}

export interface CompileTimings {
  compileMs: number;
  linkMs: number;
}

export interface CompilerArguments {
  /** For the compiler proper, from main.cpp to main.o. */
  compile: Record<Optimisation, string[]>;
  /** For the compiler proper, to say what it thinks of main.cpp. */
  check: string[];
  /** For the linker, from main.o to main.wasm. */
  link: string[];
}

/** `compiler.json`: made by the build beside the compiler's files, so that the page needs no flags of its own. */
export interface CompilerSettings extends CompilerArguments {
  /** In their place for a program with threads. */
  threads: CompilerArguments;
  /** What a standard, and a choice of warnings, add to the arguments of `compile` and `check`. */
  standards: Record<Standard, string[]>;
  warnings: Record<Warnings, string[]>;
  /** What a program can start with: one of these the side module exports. */
  entryPoints: string[];
  /** Where the compiler looks for the precompiled header, below /usr. */
  precompiledPath: string;
  /** The folder of the runtime's headers, below /usr. */
  headersPath: string;
  files: CompilerFile[];
}

export interface CompilerFile {
  name: string;
  /** `rest`: a module whole, of which a file of kind `module` has what most programs need. */
  kind: 'module' | 'rest' | 'headers' | 'precompiled';
  bytes: number;
}

/** Everything a worker loaded, handed to the next one so that a killed compiler is back at once. */
export interface CompilerKit {
  settings: CompilerSettings;
  modules: Map<string, WebAssembly.Module>;
  files: Map<CompilerFile['kind'], Blob>;
  /** Whether the modules are whole, files of kind `rest` and all. */
  whole: boolean;
}

/** Path to text; `main.cpp` is the translation unit, the others can be included. */
export type SourceFiles = Record<string, string>;

/** `base` is the URL of the folder of the compiler's files. */
export type LoadRequest = { type: 'load'; id: number; base: string; kit?: CompilerKit };

export type CompileRequest = LoadRequest | { type: 'compile'; id: number; files: SourceFiles; options: CompileOptions };

/** To a worker that was loaded with a kit: about a source that is being written. */
export type AnalysisRequest =
  | LoadRequest
  | { type: 'check'; id: number; files: SourceFiles; options: SourceOptions }
  | { type: 'complete'; id: number; files: SourceFiles; place: SourcePlace; options: SourceOptions }
  /** The text of a header, by the name a program includes it by. */
  | { type: 'header'; id: number; name: string };

export type LoadPhase = 'download' | 'prepare';

export type CompileReply =
  /** Of a load, or of a compile that turned out to need more of the compiler. */
  | { type: 'progress'; id: number; phase: LoadPhase; loadedBytes: number; totalBytes: number }
  /** Of a load, or of a compile that fetched more of the compiler. */
  | { type: 'loaded'; id: number; kit: CompilerKit }
  | {
      type: 'compiled';
      id: number;
      module: Uint8Array;
      diagnostics: Diagnostic[];
      timings: CompileTimings;
    }
  | {
      type: 'compile-error';
      id: number;
      diagnostics: Diagnostic[];
      /** The compiler's output as a terminal would show it. */
      text: string;
      timings: CompileTimings;
    }
  /** The compiler itself could not do its work: a download that failed, a crash, no memory. */
  | { type: 'failed'; id: number; message: string; retriable: boolean };

/** Without its field where the compiler cannot say: the source is beyond it, or beyond the part that is loaded. */
export type AnalysisReply =
  | { type: 'checked'; id: number; diagnostics?: Diagnostic[] }
  | { type: 'completed'; id: number; list?: CompletionList }
  | { type: 'header-text'; id: number; text?: string };
