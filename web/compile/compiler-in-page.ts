import type { AnalysisReply, CompileReply } from '../protocol/compile.js';
import { AnalysisClient } from './analysis-client.js';
import { CompileClient } from './compile-client.js';

/** The page's compiler. `base` is the URL of the folder of the compiler's files. */
export function createCompiler(base: string): CompileClient {
  return new CompileClient({ base, createWorker });
}

/** What answers the editor; it has nothing to say until `compiler` is loaded. */
export function createAnalysis(base: string, compiler: CompileClient): AnalysisClient {
  return new AnalysisClient({ base, kit: () => compiler.kit, createWorker });
}

interface Events {
  onReply(reply: CompileReply | AnalysisReply): void;
  onFailure(message: string): void;
}

function createWorker(events: Events): Worker {
  const worker = new Worker(new URL('./compile-worker.ts', import.meta.url), { type: 'module', name: 'compiler' });
  worker.addEventListener('message', ({ data }: MessageEvent<CompileReply | AnalysisReply>) => {
    events.onReply(data);
  });
  worker.addEventListener('error', ({ message }) => {
    events.onFailure(message ? `The compiler's worker failed: ${message}` : "The compiler's worker could not be started.");
  });
  worker.addEventListener('messageerror', () => {
    events.onFailure('A message of the compiler could not be read.');
  });
  return worker;
}
