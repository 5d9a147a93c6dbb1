import { createCompiler } from '../compile/compiler-in-page.js';
import { createFileStore } from '../files/file-store.js';
import { createProgramHost } from '../program/program-host.js';
import type { Compiler, KeptFiles, ProgramHost } from './clients.js';

/** The folder of the compiler's files beside index.html; vite-compiler-files.ts names it. */
declare const __COMPILER_FOLDER__: string;

/** Snippets of one page share their files, as programs of one user do; a page of somebody else's has an area of its own. */
const FILE_AREA = 'playground';

export function createClients(page: Document): { compiler: Compiler; host: ProgramHost; files: KeptFiles } {
  const files = createFileStore(FILE_AREA);
  return {
    compiler: createCompiler(new URL(`./${__COMPILER_FOLDER__}/`, page.baseURI).href),
    host: createProgramHost(() => files.open()),
    files,
  };
}
