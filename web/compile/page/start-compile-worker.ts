import compileWorkerUrl from '../worker/compile-worker.ts?worker&url';
import { startModuleWorker } from './start-worker.js';
import { listenTo, type WorkerEvents } from './worker-events.js';

/** A cross-origin isolated page requires its workers to have its headers. */
export function startCompileWorker(events: WorkerEvents): Worker {
  return listenTo(startModuleWorker(compileWorkerUrl, 'compiler', { asPage: crossOriginIsolated }), events);
}
