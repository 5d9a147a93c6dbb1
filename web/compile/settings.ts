import type { Optimisation } from '../protocol/compile.js';

/** `compiler.json`: made by the build beside the compiler's files, so that the page needs no flags of its own. */
export interface CompilerSettings {
  /** Arguments for the compiler proper, from main.cpp to main.o. */
  compile: Record<Optimisation, string[]>;
  /** Arguments for the linker, from main.o to main.wasm. */
  link: string[];
  /** What a program can start with: one of these the side module exports. */
  entryPoints: string[];
  files: CompilerFile[];
}

export interface CompilerFile {
  name: string;
  kind: 'module' | 'headers' | 'precompiled';
  bytes: number;
}
