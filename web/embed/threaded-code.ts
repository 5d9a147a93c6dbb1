/** What programs with real threads need in place of the rest. Loaded where a page can have them. */
export { notThereYet, threadedModuleUrl as moduleUrl, threadedScriptUrl as scriptUrl } from '../program/threaded-runtime.js';
export { default as threadScript } from '../program/thread-worker.ts?iife';
