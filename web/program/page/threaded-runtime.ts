/** Inserted by the build. Scripts are in a sibling folder. */
declare const __THREADS_FOLDER__: string;

/** The location of the main module with threads, which `npm start` builds last. */
const here = import.meta.url; // apart, or Vite takes what follows for files of the build
const folder = new URL(`../${__THREADS_FOLDER__}/`, here);

export const threadedScriptUrl = new URL('asyncio-main.js', folder).href;
export const threadedModuleUrl = new URL('asyncio-main.wasm', folder).href;

/** The message where a server has no such file. */
export const notThereYet =
  'The C++ runtime with real threads is not available: if `npm start` serves this page, it is still being built. Try again in a few minutes, or turn real threads off.';
