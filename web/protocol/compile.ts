/** Messages between the page and the compile worker. */
import type { Diagnostic } from './diagnostic.js';

export type Optimisation = '0' | '1' | '2';

export interface CompileOptions {
  optimisation: Optimisation;
}

export interface CompileTimings {
  compileMs: number;
  linkMs: number;
}

export type CompileRequest =
  | { type: 'load'; id: number }
  | {
      type: 'compile';
      id: number;
      /** Path to text; `main.cpp` is the translation unit, the others can be included. */
      files: Record<string, string>;
      options: CompileOptions;
    };

export type LoadPhase = 'download' | 'prepare';

export type CompileReply =
  | { type: 'progress'; id: number; phase: LoadPhase; loadedBytes: number; totalBytes: number }
  | { type: 'loaded'; id: number }
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
