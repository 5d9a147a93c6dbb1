import { assetsBesideScript } from '../engine/assets-beside-script.js';
import { createEngine } from '../engine/engine.js';

/** How long workers are kept without an element in use near the viewport. */
const IDLE_MS = 60_000;

/**
 * The engine shared by all elements of a page. The page's storage is not ours, so files last only as long as their
 * program.
 */
export const engine = createEngine({ assets: assetsBesideScript(), files: 'forget', idleMs: IDLE_MS });
