/** Replacements for programs with real threads. Loaded where a page supports them. */
export { notThereYet, threadedModuleUrl as moduleUrl, threadedScriptUrl as scriptUrl } from '../program/page/threaded-runtime.js';
export { default as threadScript } from '../program/worker/thread-worker.ts?iife';
