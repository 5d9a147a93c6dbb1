/** What programs with real threads need in place of the rest. Loaded where a page can have them. */
export { default as scriptUrl } from '../../build/wasm-threads/web/program/asyncio-main.js?url';
export { default as moduleUrl } from '../../build/wasm-threads/web/program/asyncio-main.wasm?url';
export { default as threadScript } from '../program/thread-worker.ts?iife';
