import { AnalysisClient } from './analysis-client.js';
import { CompileClient } from './compile-client.js';
import compileWorkerUrl from '../worker/compile-worker.ts?worker&url';
import { startModuleWorker } from './start-worker.js';
import { listenTo, type WorkerEvents } from './worker-events.js';

/** The page's compiler. `base` is the URL of the folder of the compiler's files. */
export function createCompiler(base: string): CompileClient {
  return new CompileClient({ base, createWorker });
}

/** What answers the editor; it has nothing to say until `compiler` is loaded. */
export function createAnalysis(base: string, compiler: CompileClient): AnalysisClient {
  return new AnalysisClient({ base, kit: () => compiler.kit, createWorker });
}

function createWorker(events: WorkerEvents): Worker {
  return listenTo(startModuleWorker(compileWorkerUrl, 'compiler'), events);
}
