import { createAnalysis, createCompiler } from '../../compile/page/compiler-in-page.js';
import { createFileStore } from '../../files/file-store.js';
import { createProgramHost } from '../../program/page/program-host.js';
import type { Analysis, Compiler, KeptFiles, ProgramHost } from '../../engine/clients.js';

/** The folder of the compiler's files beside index.html; web/build/vite/compiler-files.ts names it. */
declare const __COMPILER_FOLDER__: string;

/** Snippets of one page share their files, as programs of one user do; a page of somebody else's has an area of its own. */
const FILE_AREA = 'playground';

export interface Clients {
  compiler: Compiler;
  analysis: Analysis;
  host: ProgramHost;
  files: KeptFiles;
}

/** `onProblem` hears what people should know of how their files are kept. */
export function createClients(page: Document, onProblem: (message: string) => void): Clients {
  const folder = new URL(`./${__COMPILER_FOLDER__}/`, page.baseURI).href;
  const compiler = createCompiler(folder);
  const files = createFileStore(FILE_AREA, onProblem);
  return { compiler, analysis: createAnalysis(folder, compiler), host: createProgramHost(() => files.open()), files };
}
