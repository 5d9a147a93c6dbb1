import { assetsBesideScript } from '../engine/assets-beside-script.js';
import { createEngine } from '../engine/engine.js';

/** Without an element near the view that is in use, the workers are kept so long. */
const IDLE_MS = 60_000;

/** What all elements of a page run their programs with. The page's storage is not ours, so no file outlives its program. */
export const engine = createEngine({ assets: assetsBesideScript(), files: 'forget', idleMs: IDLE_MS });
