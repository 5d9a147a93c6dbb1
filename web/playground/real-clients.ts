import { createCompiler } from '../compile/compiler-in-page.js';
import { createProgramHost } from '../program/program-host.js';
import type { Compiler, ProgramHost } from './clients.js';

/** The folder of the compiler's files beside index.html; vite-compiler-files.ts names it. */
declare const __COMPILER_FOLDER__: string;

export function createClients(page: Document): { compiler: Compiler; host: ProgramHost } {
  return {
    compiler: createCompiler(new URL(`./${__COMPILER_FOLDER__}/`, page.baseURI).href),
    host: createProgramHost(),
  };
}
