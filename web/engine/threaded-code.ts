/** What programs with real threads need in place of the rest. Loaded where a page can have them. */
export { notThereYet, threadedModuleUrl as moduleUrl, threadedScriptUrl as scriptUrl } from '../program/page/threaded-runtime.js';
export { default as threadScript } from '../program/worker/thread-worker.ts?iife';
