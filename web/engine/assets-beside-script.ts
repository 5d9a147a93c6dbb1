import type { Assets } from './assets.js';
import { besideScript } from './beside-script.js';

/** Defined by web/build/vite/embedded-element.ts. */
declare const __FRAME_FILE__: string;
declare const __COMPILER_PATH__: string;
declare const __RUNTIME_VERSION__: string;

/** The parts of the element and of a session, which are stored next to their script. */
export function assetsBesideScript(): Assets {
  return { compiler: besideScript(__COMPILER_PATH__), frame: besideScript(__FRAME_FILE__), runtime: __RUNTIME_VERSION__ };
}
