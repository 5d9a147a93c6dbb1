import type { Assets } from '../../engine/assets.js';

/** Defined by web/build/vite/compiler-files.ts. */
declare const __COMPILER_FOLDER__: string;
declare const __RUNTIME_VERSION__: string;

/** The parts of the engine, which are stored next to the page. */
export function assetsOf(page: Document): Assets {
  return { compiler: new URL(`./${__COMPILER_FOLDER__}/`, page.baseURI).href, runtime: __RUNTIME_VERSION__ };
}
