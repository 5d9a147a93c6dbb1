/** Messages between the page and the compile worker. */
import type { CompletionList, SourcePlace } from './completion.js';
import type { Diagnostic } from './diagnostic.js';

export type Optimisation = '0' | '1' | '2';

/** Selects the C++26 language only; the library stays that of C++23, which is compiled ahead of time. */
export type Standard = 'c++23' | 'c++26';

/** `default` is -Wall, `all` adds -Wextra, `error` turns them into errors. */
export type Warnings = 'default' | 'all' | 'error';

/** How a source is parsed, whether to compile or to check it. */
export interface SourceOptions {
  standard?: Standard;
  warnings?: Warnings;
  /** For the main module with threads, which share its memory. */
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
  /** For compiling main.cpp to main.o. */
  compile: Record<Optimisation, string[]>;
  /** For checking main.cpp without compiling. */
  check: string[];
  /** For linking main.o to main.wasm. */
  link: string[];
}

/** `compiler.json`: created by the build next to the compiler's files, so the page needs no flags of its own. */
export interface CompilerSettings extends CompilerArguments {
  /** Used instead for a program with threads. */
  threads: CompilerArguments;
  /** The arguments that a standard and a warning level add to `compile` and `check`. */
  standards: Record<Standard, string[]>;
  warnings: Record<Warnings, string[]>;
  /** Possible entry points: the side module exports one of these. */
  entryPoints: string[];
  /** The path of the precompiled header, below /usr. */
  precompiledPath: string;
  /** The folder of the runtime's headers, below /usr. */
  headersPath: string;
  files: CompilerFile[];
}

/** A library that is linked into the programs that include its headers, and fetched for the first of them. */
export type LibraryName = 'broker' | 'logging' | 'postgres' | 'profile' | 'sqlite' | 'testing' | 'web';

export interface CompilerFile {
  name: string;
  /** `rest`: a whole module, of which a file of kind `module` has what most programs need. */
  kind: 'module' | 'rest' | 'headers' | 'precompiled';
  bytes: number;
}

/** Everything a worker loaded, passed to the next one so that a killed compiler restarts immediately. */
export interface CompilerKit {
  settings: CompilerSettings;
  modules: Map<string, WebAssembly.Module>;
  files: Map<CompilerFile['kind'], Blob>;
  /** The archives fetched so far, by file name. */
  libraries: Map<string, Uint8Array>;
  /** Whether the modules are whole, including files of kind `rest`. */
  whole: boolean;
}

/** Path to text; `main.cpp` and the other sources that no file includes are compiled and linked. */
export type SourceFiles = Record<string, string>;

/** `base` is the URL of the folder with the compiler's files. */
export type LoadRequest = { type: 'load'; id: number; base: string; kit?: CompilerKit };

export type CompileRequest = LoadRequest | { type: 'compile'; id: number; files: SourceFiles; options: CompileOptions };

/** To a worker loaded with a kit: about a source being edited. */
export type AnalysisRequest =
  | LoadRequest
  | { type: 'check'; id: number; files: SourceFiles; options: SourceOptions }
  | { type: 'complete'; id: number; files: SourceFiles; place: SourcePlace; options: SourceOptions }
  /** The text of a header, by its name in #include. */
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
  /** The compiler itself failed: a failed download, a crash, out of memory. */
  | { type: 'failed'; id: number; message: string; retriable: boolean };

/** Its field is missing if the compiler has no answer: it, or its loaded part, cannot handle the source. */
export type AnalysisReply =
  | { type: 'checked'; id: number; diagnostics?: Diagnostic[] }
  | { type: 'completed'; id: number; list?: CompletionList }
  | { type: 'header-text'; id: number; text?: string };
