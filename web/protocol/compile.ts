/** Messages between the page and the compile worker. */
import type { Diagnostic } from './diagnostic.js';

export type Optimisation = '0' | '1' | '2';

export interface CompileOptions {
  optimisation: Optimisation;
  /** For the main module that has threads, which shares its memory among them. */
  threads?: boolean;
}

export interface CompileTimings {
  compileMs: number;
  linkMs: number;
}

export interface CompilerArguments {
  /** For the compiler proper, from main.cpp to main.o. */
  compile: Record<Optimisation, string[]>;
  /** For the linker, from main.o to main.wasm. */
  link: string[];
}

/** `compiler.json`: made by the build beside the compiler's files, so that the page needs no flags of its own. */
export interface CompilerSettings extends CompilerArguments {
  /** In their place for a program with threads. */
  threads: CompilerArguments;
  /** What a program can start with: one of these the side module exports. */
  entryPoints: string[];
  /** Where the compiler looks for the precompiled header, below /usr. */
  precompiledPath: string;
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

export type CompileRequest =
  /** `base` is the URL of the folder of the compiler's files. */
  | { type: 'load'; id: number; base: string; kit?: CompilerKit }
  | {
      type: 'compile';
      id: number;
      /** Path to text; `main.cpp` is the translation unit, the others can be included. */
      files: Record<string, string>;
      options: CompileOptions;
    };

export type LoadPhase = 'download' | 'prepare';

export type CompileReply =
  /** Of a load, or of a compile that turned out to need more of the compiler. */
  | { type: 'progress'; id: number; phase: LoadPhase; loadedBytes: number; totalBytes: number }
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
