import type { CompileReply } from '../protocol/compile.js';
import { CompileClient, type CompileWorker, type CompileWorkerEvents } from './compile-client.js';

/** The page's compiler. `base` is the URL of the folder of the compiler's files. */
export function createCompiler(base: string): CompileClient {
  return new CompileClient({ base, createWorker });
}

function createWorker(events: CompileWorkerEvents): CompileWorker {
  const worker = new Worker(new URL('./compile-worker.ts', import.meta.url), { type: 'module', name: 'compiler' });
  worker.addEventListener('message', ({ data }: MessageEvent<CompileReply>) => {
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
